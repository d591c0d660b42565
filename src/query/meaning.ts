/**
 * Which meaning a query has: of items as they are this release may take others than the last. To be raised whenever
 * words are cut, folded or stemmed in another way, stop words are others, or a clause asks for something else: topics
 * are then filled anew, the index is built anew, and nothing that was old is announced. A test says when.
 */
export const MEANING = 2;
