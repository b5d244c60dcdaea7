package site

import (
	"fmt"

	"cairn/generator/diag"
)

// ReviewsDue tells the pages that are to be read through again by a day. An empty day
// tells none: what a site is does not depend on when it is made.
func (s *Site) ReviewsDue(day string) diag.List {
	var due diag.List
	for _, page := range s.Pages {
		if day == "" || page.Guide == nil || page.Body == nil {
			continue
		}
		front := &page.Guide.FrontMatter
		if by := front.ReviewBy; by.Set && string(by.Value) <= day {
			whose := ""
			if front.Owner.Value != "" {
				whose = "; its owner is " + front.Owner.Value
			}
			due.Add(page.Body.File.At(by.Start, by.End, diag.FrontMatterReviewDue,
				fmt.Sprintf("this page was to be reviewed by %s%s", by.Value, whose),
				"read it through, and write the days into reviewed and review-by"))
		}
	}
	return due
}
