/** 0 pass, 1 block, 2 fault, 3 hold. */
export const exitCodes = { pass: 0, block: 1, fault: 2, hold: 3 } as const
