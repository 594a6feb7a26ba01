export const formats = {
  seconds: '{seconds} 秒',
  minutes: '{minutes} 分 {seconds} 秒',
  hours: '{hours} 小时 {minutes} 分',
  failed: '训练失败（超过 20 %）',
} as const
