/** A making in one go, for those who have nobody else to serve meanwhile. */
export function atOnce<Made>(steps: Iterator<void, Made>): Made {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
