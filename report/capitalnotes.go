package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
)

// solvedFor is what the note of an input says that was chosen to give a result.
const solvedFor = "solved for"

// solvedCase finds the case that such a note speaks of.
var solvedCase = regexp.MustCompile(`^.*\b(?:of|in) the ([^,.;:]+?) case\b`)

// solvedNotes say which returns are no findings, because a cost of delivery or a
// term of the facility was chosen to give them; none if none was.
func solvedNotes(cases ...*model.Programme) []string {
	var all []string
	for _, p := range cases {
		for _, in := range p.Register {
			if !ofCapital(in) || !strings.Contains(strings.ToLower(in.Note), solvedFor) {
				continue
			}
			note := "The return" + solvedWhere(in.Note) + " is what the " + costsFrom(p) + " were solved for, not a finding"
			if by := changedBy(p); len(by) > 0 {
				note += "; here they have been changed by " + strings.Join(by, ", ")
			}
			note += fmt.Sprintf(". The file says of %s: %s.", in.Path, strings.TrimSuffix(strings.Join(strings.Fields(in.Note), " "), "."))
			if !slices.Contains(all, note) {
				all = append(all, note)
			}
		}
	}
	return all
}

// ofCapital tells whether an input is to delivery or the facility.
func ofCapital(in model.Input) bool {
	return strings.HasPrefix(in.Path, "delivery.") || strings.HasPrefix(in.Path, "facility.")
}

// solvedWhere names the case of a note; empty if it names none.
func solvedWhere(note string) string {
	if found := solvedCase.FindStringSubmatch(strings.Join(strings.Fields(note), " ")); found != nil {
		return " of the " + found[1] + " case"
	}
	return ""
}

// changedBy names what has set inputs to delivery or the facility besides the
// file's own body and the case.
func changedBy(p *model.Programme) []string {
	var by []string
	for _, in := range p.Register {
		base, _, _ := strings.Cut(strings.ReplaceAll(p.Case, " + ", ", with "), ", with ")
		if ofCapital(in) && in.By != "" && in.By != base && !slices.Contains(by, in.By) {
			by = append(by, in.By)
		}
	}
	for i := range by {
		if by[i] == "edit" {
			by[i] = "an edit"
		}
	}
	return by
}
