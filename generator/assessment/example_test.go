package assessment_test

import (
	"fmt"
	"os"

	"cairn/generator/assessment"
	"cairn/generator/diag"
	"cairn/generator/messages"
)

// What a command does that scores a file of answers.
func Example() {
	file := diag.NewFile("assessment/signs.toml", []byte(`
id = "signs"
version = 1
title = "Do you need a platform?"

[[question]]
id = "waiting"
kind = "yes-no"
text = "Do developers wait on infrastructure?"

[[question]]
id = "teams"
kind = "number"
text = "How many teams are there?"
min = 1
max = 50
step = 1

[[outcome]]
id = "platform"
title = "Build one"
when = "waiting && teams >= 3"

[[outcome]]
id = "wait"
title = "Not yet"
`))
	a, model, list := assessment.Load(file)
	if model == nil {
		fmt.Println(list)
		return
	}
	list = append(list, model.Expect(file)...)                           // the author's tests
	list = append(list, assessment.CheckLayouts(file, a, model, nil)...) // recorded versions; none yet

	text := diag.NewFile("answers.json", []byte(`{
  "format": "cairn-answers", "assessment": "signs", "version": 1,
  "answers": {"waiting": {"value": true}, "teams": {"value": 4}}
}`))
	answers, more := assessment.ReadAnswers(text, a, model, nil)
	if answers == nil || len(list)+len(more) > 0 {
		fmt.Println(list, more)
		return
	}
	words := assessment.NewWords(messages.English(), a, nil)
	result := words.Fill(model.Whole(answers.Answers))
	_ = words.PrintText(os.Stdout, result)
	// Output:
	// Do you need a platform?
	// 2 of 2 questions answered
	//
	// Decision (our own reading)
	//   Build one
	//
	// What would change it
	//   Do developers wait on infrastructure? No – then: Not yet
	//   How many teams are there? 2 – then: Not yet
	//
	// Why
	//   Build one
	//     Holds: all of these
	//       Holds: Do developers wait on infrastructure? Yes
	//         Do developers wait on infrastructure? Yes
	//       Holds: “How many teams are there?” is at least 3
	//         How many teams are there? 4
}
