/** What stands for a step in the URL of all of a lesson's steps at once, to print. */
export const ALL = 'all'
