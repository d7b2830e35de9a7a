package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// solvedNotes say which results are inputs, because a cost of delivery or a term
// of the facility was chosen to give them; none if none was.
func solvedNotes(versions ...*scenario.Version) []string {
	var all []string
	for _, v := range versions {
		for _, in := range v.Programme.Register {
			if in.SolvedFor == nil || !ofCapital(in) {
				continue
			}
			what := "The " + in.SolvedFor.Measure
			if in.SolvedFor.Case != "" {
				what = "In the " + in.SolvedFor.Case + " case the " + in.SolvedFor.Measure
			}
			note := fmt.Sprintf("%s is an input, not a result: the %s (%s) were solved for %s in the central projection",
				what, costsFrom(v), in.Path, in.SolvedFor.Result)
			if by := changedBy(v); len(by) > 0 {
				note += "; that holds no longer, because terms of delivery or of the facility have been changed by " + strings.Join(by, ", ")
			}
			if note += "."; !slices.Contains(all, note) {
				all = append(all, note)
			}
		}
	}
	return all
}

// ofCapital reports whether an input is to delivery or the facility.
func ofCapital(in model.Input) bool {
	_, delivery := in.Path.Under("delivery")
	_, facility := in.Path.Under("facility")
	return delivery || facility
}

// changedBy names what has set inputs to delivery or the facility besides the
// file's own body and the case.
func changedBy(v *scenario.Version) []string {
	var by []string
	for _, in := range v.Programme.Register {
		if ofCapital(in) && in.By != "" && in.By != v.Case && !slices.Contains(by, in.By) {
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
