/** One thing that the doctor looked at. */
export interface Finding {
  readonly isWell: boolean;
  readonly what: string;
  /** what to do; may have several lines */
  readonly wayOut?: string;
}

export const well = (what: string): Finding => ({ isWell: true, what });
export const ill = (what: string, wayOut: string): Finding => ({ isWell: false, what, wayOut });
export const hint = (what: string, wayOut: string): Finding => ({ isWell: true, what, wayOut });
