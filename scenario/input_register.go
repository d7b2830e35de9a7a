package scenario

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// register lists every input of the programme with where it comes from, in the
// order of the file, and the defaults that figures depend on.
func (d *decoder) register(root *node, outer evidence) {
	d.p.Register = make([]model.Input, 0, len(d.places)) // of which most are inputs
	root.leaves("", outer, "", notAnInput, func(l leaf) {
		d.p.Register = append(d.p.Register, model.Input{
			Path: model.Path(l.path), Value: l.value, Status: l.evidence.status,
			Source: l.evidence.source, Note: l.evidence.note, By: l.by, SolvedFor: l.evidence.solvedFor, FittedTo: l.evidence.fittedTo,
			Edition: l.evidence.edition, NextDue: l.evidence.nextDue,
		})
	})
	const unsaid = "the file does not say: the default"
	if _, ok := d.index["discount rate"]; !ok {
		d.p.Register = append(d.p.Register, model.Input{
			Path: "discount rate", Value: percent(defaultDiscountRate) + " real", Status: model.Assumed, Source: "Green Book", Note: unsaid,
			Edition: "The Green Book, 5 February 2026", NextDue: calendar.NewDate(2027, 2, 5),
		})
	}
	for _, c := range d.p.Cohorts {
		path := "cohorts." + c.Name + ".cashable share"
		if _, ok := d.index[path]; !ok {
			d.p.Register = append(d.p.Register, model.Input{Path: model.Path(path), Value: "0%", Status: model.Assumed, Note: unsaid})
		}
	}
}

func percent(share decimal.Decimal) string { return share.Shift(2).String() + "%" }

// notAnInput says which settings are for people only, or say what the input beside them
// is about.
func notAnInput(path, name string) bool {
	if path != "" {
		return name == "title" || name == "multiplies" && strings.HasPrefix(path, "uncertain.") || name == "note" && strings.HasPrefix(path, "measures.")
	}
	switch name {
	case "format", "programme", "title", "about", "evidence", "sources", "cautions", "not in the ranges", "cases", "compare", "variants", "ranges", "stresses", "all at once", "alternatives", "correlations":
		return true
	}
	return false
}
