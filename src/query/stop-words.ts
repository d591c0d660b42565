import { spellingsOf } from "./terms.ts";

/**
 * Words that only hold sentences together, in German and English. What means something in the other language is none of
 * them: "war", "man", "hat", "not" stay, while a German "die" is in every text. "IT", "US" and "WHO" are names.
 */
const STOP_WORDS = `
aber als also am an auch auf aus bei beim bis da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus
darin darüber darum das dass davon dazu dem den denen denn der deren des dessen dich die dies diese diesem diesen dieser
dieses dir doch dort du durch ein eine einem einen einer eines er es etwa euch euer eure für gegen habe haben hatte
hatten ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist jede jedem jeden jeder jedes kann kein
keine keinem keinen keiner können mein meine meinem meinen meiner mich mir mit nach nicht noch nun nur ob oder ohne sehr
sei sein seine seinem seinen seiner seines seit sich sie sind so sollen sondern über um und uns unser unsere unserem
unseren unserer unter vom von vor wann waren warum was wegen weil welche welchem welchen welcher welches wem wen wenn
wer werde werden wie wieder wir wird wo wurde wurden würde würden zu zum zur zwar zwischen
a about after again against all and any are as at be because been before being between but by could did do does during
each few for from had has have having he her here hers him his how i if into is its itself of off on once only or other
our ours out own same she should than that the their theirs them then there these they this those through to too under
until up very was we were what when where which while whom why will with would you your yours
`;

const WORDS = STOP_WORDS.trim().split(/\s+/);

/** As they are typed: "für" and "fuer", but a "fur" is something to wear, and Uber a firm. */
const TYPED: ReadonlySet<string> = new Set(WORDS.flatMap((word) => [word, ...spellingsOf(word).slice(1)]));
const FOLDED: ReadonlySet<string> = new Set(WORDS.flatMap(spellingsOf));

/** Says nothing beside other words. @param term by termsOf */
export const isStopWord = (term: string): boolean => TYPED.has(term);

/** May be one: nothing is a form of it. @param spelling folded */
export const isFunctionWord = (spelling: string): boolean => FOLDED.has(spelling);
