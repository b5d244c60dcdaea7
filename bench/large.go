package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// large is the text of one guide of about so many bytes, without links: pages, one
// below the other, each with a heading of its own.
func (c corpus) large(size int) string {
	d := drawer{rand.New(rand.NewPCG(7, 7))}
	var b strings.Builder
	for part := 0; b.Len() < size; part++ {
		fmt.Fprintf(&b, "## Part %d\n\n", part)
		d.paragraphs(&b, 3)
		c.block(&b, d, part)
	}
	return b.String()
}

// tableOf is a table of rows and columns of numbers.
func tableOf(rows, columns, seed int) string {
	d := drawer{rand.New(rand.NewPCG(uint64(seed), 2))}
	var b strings.Builder
	fmt.Fprintf(&b, "title = \"Table %d\"\n", seed)
	for column := range columns {
		fmt.Fprintf(&b, "\n[[column]]\nid = \"c%d\"\ntitle = \"Column %d\"\n", column, column)
		if column > 0 {
			b.WriteString("type = \"integer\"\n")
		}
	}
	for range rows {
		b.WriteString("\n[[row]]\n")
		for column := range columns {
			if column == 0 {
				fmt.Fprintf(&b, "c0 = %q\n", d.words(3))
			} else {
				fmt.Fprintf(&b, "c%d = %d\n", column, d.IntN(100_000))
			}
		}
	}
	return b.String()
}

// assessmentOf has so many questions in ten dimensions, with an advice for each step.
func assessmentOf(questions int) string {
	var b strings.Builder
	b.WriteString("id = \"bench\"\nversion = 1\ntitle = \"How far are you?\"\n")
	for level := range 5 {
		fmt.Fprintf(&b, "\n[[level]]\nnumber = %d\nname = \"Level %d\"\ndescription = \"What level %d looks like.\"\n", level, level, level)
	}
	const dimensions = 10
	for d := range dimensions {
		fmt.Fprintf(&b, "\n[[dimension]]\nid = \"d%d\"\ntitle = \"Dimension %d\"\n", d, d)
	}
	for q := range questions {
		fmt.Fprintf(&b, "\n[[question]]\nid = \"q%d\"\ndimension = \"d%d\"\ntext = \"How is it with number %d?\"\nkind = \"level\"\n", q, q%dimensions, q)
		for level := range 5 {
			fmt.Fprintf(&b, "[[question.option]]\nlevel = %d\ntext = \"Number %d is done as level %d does it.\"\n", level, q, level)
		}
	}
	for d := range dimensions {
		for step := 1; step <= 4; step++ {
			fmt.Fprintf(&b, "\n[[advice]]\nid = \"d%d-%d\"\ndimension = \"d%d\"\nstep = %d\ntitle = \"Take dimension %d to level %d\"\ntext = \"Do it.\"\n", d, step, d, step, d, step)
		}
	}
	// Every profile gets an advice, also the best.
	b.WriteString("\n[[advice]]\nid = \"again\"\nwhen = \"true\"\ntitle = \"Answer again in half a year\"\ntext = \"Do it.\"\n")
	return b.String()
}
