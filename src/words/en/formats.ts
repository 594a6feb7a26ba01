export const formats = {
  seconds: '{seconds} s',
  minutes: '{minutes} min {seconds} s',
  hours: '{hours} h {minutes} min',
  failed: 'fails (over 20 %)',
} as const
