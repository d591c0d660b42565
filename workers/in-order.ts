/** Answers in the order of the questions; at most `ahead` of them are being worked on at once. */
export async function* inOrder<Question, Answer>(
  questions: AsyncIterable<Question>,
  ahead: number,
  answer: (question: Question) => Promise<Answer>,
): AsyncGenerator<Answer> {
  const waiting: Promise<Answer>[] = [];
  for await (const question of questions) {
    waiting.push(answer(question));
    if (waiting.length < ahead) continue;
    const next = waiting.shift();
    if (next !== undefined) yield await next;
  }
  for (const next of waiting) yield await next;
}
