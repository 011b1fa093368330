export const MAX_DEPTH = 64
export const MAX_KEYS = 5000
