package assessment

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"cairn/generator/diag"
	"cairn/generator/record"
)

var optionID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// A problem is why something that was read does not fit.
type problem struct {
	code          diag.Code
	message, hint string
}

// answerOf reads an answer: an option's id, a list of ids, a number, true or false,
// "dont-know" or "not-applicable".
func answerOf(q *ModelQuestion, v *record.Value) (Answer, *problem) {
	wrong := func(hint string) (Answer, *problem) {
		return Answer{}, &problem{diag.AnswerWrongKind, fmt.Sprintf("this is no answer to %s, a question of kind %q", q.ID, q.Kind), hint}
	}
	if v.Kind == record.StringKind && v.Text == wordDontKnow {
		if !q.DontKnow {
			return Answer{}, &problem{diag.AnswerWrongKind, fmt.Sprintf("%s cannot be answered with dont-know", q.ID), ""}
		}
		return Answer{State: DontKnow}, nil
	}
	if v.Kind == record.StringKind && v.Text == wordNotApplicable {
		if !q.NotApplicable {
			return Answer{}, &problem{diag.AnswerWrongKind, fmt.Sprintf("%s cannot be answered with not-applicable", q.ID), "the question allows it with not-applicable = true"}
		}
		return Answer{State: NotApplicable}, nil
	}
	switch q.Kind {
	case KindNumber:
		return numberOf(q, v)
	case KindMany:
		return setOf(q, v)
	case KindYesNo:
		word := "no"
		switch {
		case v.Kind == record.BooleanKind && v.Boolean, v.Kind == record.StringKind && v.Text == "yes":
			word = "yes"
		case v.Kind == record.BooleanKind, v.Kind == record.StringKind && v.Text == "no":
		default:
			return wrong("write true or false")
		}
		return Answer{State: Answered, Option: q.option(word)}, nil
	}
	word := v.Text
	switch v.Kind {
	case record.IntegerKind:
		word = strconv.FormatInt(v.Integer, 10)
	case record.StringKind:
	default:
		return wrong("write the id of one option: " + q.optionWords())
	}
	i := q.option(word)
	if i < 0 {
		return unknownOption(q, word)
	}
	return Answer{State: Answered, Option: i}, nil
}

func unknownOption(q *ModelQuestion, word string) (Answer, *problem) {
	var ids []string
	for _, option := range q.Options {
		ids = append(ids, option.ID)
	}
	return Answer{}, &problem{diag.AnswerUnknownID, fmt.Sprintf("%s has no option %q", q.ID, word), diag.DidYouMean(word, ids, "its options are "+q.optionWords())}
}

func (q *ModelQuestion) optionWords() string {
	var ids []string
	for _, option := range q.Options {
		ids = append(ids, option.ID)
	}
	return strings.Join(ids, ", ")
}

func numberOf(q *ModelQuestion, v *record.Value) (Answer, *problem) {
	x, ok := v.Number()
	if !ok {
		return Answer{}, &problem{diag.AnswerWrongKind, fmt.Sprintf("the answer to %s is a number", q.ID), ""}
	}
	n, ok := steps{q.Units, q.Places}.multiple(x)
	if !ok || n < q.Min || n > q.Max {
		return Answer{}, &problem{diag.AnswerRange, fmt.Sprintf("%s is no answer to %s", figure(x, 6), q.ID),
			fmt.Sprintf("it goes from %s to %s in steps of %s", figure(q.Value(q.Min), q.Places), figure(q.Value(q.Max), q.Places), figure(q.Value(1), q.Places))}
	}
	return Answer{State: Answered, Number: n}, nil
}

func setOf(q *ModelQuestion, v *record.Value) (Answer, *problem) {
	if v.Kind != record.ListKind {
		return Answer{}, &problem{diag.AnswerWrongKind, fmt.Sprintf("the answer to %s is a list of options", q.ID), `write ["one", "two"], or [] for none of them`}
	}
	answer := Answer{State: Answered}
	for _, item := range v.Items {
		if item.Kind != record.StringKind {
			return Answer{}, &problem{diag.AnswerWrongKind, fmt.Sprintf("the answer to %s is a list of options' ids", q.ID), ""}
		}
		i := q.option(item.Text)
		if i < 0 {
			return unknownOption(q, item.Text)
		}
		if answer.Options&(1<<i) != 0 {
			return Answer{}, &problem{diag.AnswerWrongKind, fmt.Sprintf("the option %q stands twice in the answer to %s", item.Text, q.ID), ""}
		}
		answer.Options |= 1 << i
	}
	if !q.valid(&answer) {
		return Answer{}, &problem{diag.AnswerWrongKind, fmt.Sprintf("an exclusive option of %s stands alone", q.ID), "leave out the others, or this one"}
	}
	return answer, nil
}

// figure prints a number with at most the given places, without zeros at its end
// and without separators: for messages to authors.
func figure(x float64, places int) string {
	text := strconv.FormatFloat(x, 'f', places, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}
