package assessment

// What the specification leaves open, and how it is decided here. A browser's engine
// must decide the same.
//
// Questions. A question of kind level has a dimension. A yes-no question without
// options stands for level 1 with yes and level 0 with no, if it is scored; its
// options may be written to say otherwise. In a condition a scored question is its
// level, also a yes-no question: `alerts == 0`; has(alerts, no) asks for the answer.
// Ids of questions, values and dimensions share one space. Dimension, level, value and
// option ids are never words of the language (in, and, true …).
//
// Sets. count(q), and the bands of a question of kind many, count the options that are
// not exclusive: "none of these" counts nothing. A set's choices, where each option
// must be tried (the short way, the rest of a test), are one for each count: the first
// options. A change of a set is one option more or less.
//
// Numbers. A number of n steps is (n · units) / 10^places, one division, so that it is
// the double nearest to the decimal. min and max are whole multiples of the step.
//
// By choice marks only questions of kind level, choice and yes-no that are scored.
//
// Better answers. SEMANTICS 3 is not enough for || with a part that may not apply:
// `a >= 1 || b >= 1` is none while a is N/A and b low, so the question is not
// applicable; when b rises it is asked all of a sudden and may cap the ladder. So in an
// ask-when of a scored question no part of || may be none while another mentions a
// scored question. Nor may it mention a context question that is itself asked on a
// scored answer, however indirectly: it would come and go with that answer.
//
// Decision. If no outcome surely holds, "none at all" is among the candidates, and the
// decision is not settled while it is: a settled decision must not rest on a proof.
// A source none of whose votes holds counts as silent; that it is a fault is found by
// proof. A source that says one outcome which is no candidate says otherwise, even
// while the decision is open.
//
// Next steps. While answers are open a ladder counts as its lower end and an open
// target as none. A gap is never below 0. Advice without a dimension, or whose
// dimension has no score, comes after the others of its gap.
//
// Support. In a dimension the questions are met whose level is not one; in a target or
// decision only the conditions that keep it open: those that may hold while no earlier
// one surely does.
//
// First step. It is settled when one advice is surely given and ready, and ranks before
// every other that may be: each at its best, over the levels of its dimension on which it
// may be given. That is never wrong, and may come a question late.
//
// The short way ranks only questions that are surely asked; those that may be hidden
// come only if there are no others. An outcome is settled when it is the decision in
// every world or in none. Over all items, levels, targets and votes are counted with
// the outcomes.
//
// What would change it. A ladder that is open is raised from its upper end: what holds
// it there surely holds it. A hidden holder is shown first, by the least change on the
// cheapest branch of its ask-when. Questions without an answer are assumed at the least
// level they need, which is what "and at least" lists. Pairs are listed up to 50.
//
// Reasons. In one tree, what a value, a dimension or a hidden question is made of stands
// at its first mention only. A dimension inside a condition shows only the answers that
// hold it or that it is open on. At most five near misses are listed. A leaf under ! that
// should be false is marked so.
//
// Benchmarks. A value lies below, within or above one deviation of the mean, both ends
// within; it is open while that is not the same in every world, or while it may be none.
//
// Migrations. A scale of numbers is clamped to its new range, or keeps its share of the
// largest number, cut to a step. rename and options are separate tables; the second
// names the question by its new id. After options, an option that is not named stays if
// it still exists.
//
// Links. The states before the values are counted for every question, also where they may
// not be given, so that a link's length follows from kind and options alone; a question
// with several lowest options has "by choice" once for each. The mark of what is outside
// one's control does not travel, nor do notes. A link is compared with its own text before
// answers to questions that are hidden now are left out: ask-when is no part of a layout.
