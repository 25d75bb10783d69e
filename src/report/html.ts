import type { Decision, Report } from '../core/index.ts'
/** Placeholder. */
export const renderHtml = (_r: Report, _d: Decision): string => ''
