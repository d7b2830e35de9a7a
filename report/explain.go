package report

import (
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Explain lays a measure out: what it is, the rule behind it and, with the basis
// of a projection, the sum and the parts with their figures. Without a basis it
// says what can be said of every programme.
func Explain(e *montecarlo.Explanation, b *montecarlo.Basis) []Table {
	if e == nil || b != nil && !readable(b.Version) {
		return nothing("an explanation of a projection, and the projection's Basis")
	}
	about := Table{Title: words.Capital(e.Name), Columns: textColumns("", "")}
	add := func(label, value string) {
		if value != "" {
			about.add(texts(label, value)...)
		}
	}
	add("What it is", e.Plain)
	add("The rule", e.Rule)
	add("Defined in", e.Where)
	add("Counted in", unitInWords(e.Unit))
	add("Known for", whomInWords(e.Measure))
	if e.Arms {
		add("In each arm", "with the programme (intervention) and without it (counterfactual)")
	}
	if b == nil {
		add("The sum", sumInWords(e.Measure.Sum))
		return []Table{about}
	}
	if e.Value == nil && len(e.Parts) == 0 {
		about.Notes = []string{withoutFigure(e, b)}
		return inCurrency(b.Version.Programme, about)
	}
	tables := []Table{about}
	if e.Value != nil {
		tables = append(tables, explainedSum(e, b))
	}
	for _, parts := range e.Parts {
		tables = append(tables, explainedParts(e, b, parts))
	}
	return inCurrency(b.Version.Programme, modelled(tables...)...)
}

// withoutFigure says why the central projection has no figure of a measure, and
// which page has.
func withoutFigure(e *montecarlo.Explanation, b *montecarlo.Basis) string {
	switch needsDelivery := (montecarlo.Key{Name: e.Name}).NeedsDelivery(); {
	case needsDelivery && b.Account == nil:
		return "The programme has no figure of it, because it states no delivery terms."
	case needsDelivery:
		return "The central projection has no figure of it: edgeofcare invest shows it over the replications of a run."
	}
	return "The central projection has no figure of it: edgeofcare run shows it over the replications of a run."
}

// explainedAbout are the lines below the titles of figures.
func explainedAbout(b *montecarlo.Basis) []string {
	return append([]string{caseLine(b.Version) + "; central projection; £ in " + b.Version.Programme.PriceText(b.Prices)}, changedLines(b.Version)...)
}

// explainedSum is a figure with the terms of its sum.
func explainedSum(e *montecarlo.Explanation, b *montecarlo.Basis) Table {
	t := Table{Title: titleOf(b.Version) + ": " + e.Name, About: explainedAbout(b), Columns: append(textColumns(""), figureColumns("")...)}
	if e.Of != "" {
		t.Title += ", " + e.Of
	}
	for _, term := range e.Terms {
		t.Rows = append(t.Rows, Row{Level: levelTerm, Cells: []Cell{text(termName(term)), figure(term.Value, term.Unit)}})
	}
	t.Rows = append(t.Rows, Row{Level: levelTotal, Cells: []Cell{text(e.Name), figure(*e.Value, e.Unit)}})
	return t
}

// explainedParts is a figure by one breakdown, each part with the terms of its
// sum if they are known.
func explainedParts(e *montecarlo.Explanation, b *montecarlo.Basis, parts montecarlo.Parts) Table {
	t := Table{Title: words.Capital(e.Name) + " by " + parts.By, About: explainedAbout(b), Columns: textColumns(parts.By)}
	if parts.Terms != nil {
		for _, term := range parts.Terms[0] {
			t.Columns = append(t.Columns, Column{Heading: termName(term)})
		}
	}
	t.Columns = append(t.Columns, Column{Heading: e.Name})
	for i, total := range parts.Totals {
		cells := []Cell{text(partOf(total.Key, b.Version.Programme))}
		if parts.Terms != nil {
			for _, term := range parts.Terms[i] {
				cells = append(cells, figure(term.Value, term.Unit))
			}
		}
		t.add(append(cells, figure(total.Value, total.Unit))...)
	}
	if note := betweenCouncilsAndAll(e, b); note != "" {
		t.Notes = append(t.Notes, note)
	}
	return t
}

// termName is a term of a sum with its sign: "less outcome payments".
func termName(t montecarlo.ExplainedTerm) string {
	return signInWords(t.Sign) + montecarlo.Key{Name: t.Name, Arm: t.Arm}.String()
}

// whomInWords says for whom or what a measure is known.
func whomInWords(m montecarlo.Measure) string {
	var by []string
	for _, one := range m.By {
		if one == "party" {
			one += " (an investor, or the consortium)"
		}
		by = append(by, one)
	}
	each := ""
	if len(by) > 0 {
		each = "each " + words.And(by)
	}
	switch {
	case !m.AllTogether:
		return each
	case each == "":
		return "all together"
	}
	return "all together, and " + each
}

// signInWords goes before a term of a sum.
func signInWords(sign string) string {
	switch sign {
	case "minus":
		return "less "
	case "divided by":
		return "divided by "
	}
	return ""
}

// sumInWords writes a sum: "gross avoided cost, less outcome payments".
func sumInWords(terms []montecarlo.Term) string {
	text := ""
	for i, t := range terms {
		name := montecarlo.Key{Name: t.Measure, Arm: t.Arm}.String()
		switch {
		case i == 0:
			text = name
		case t.Sign == "plus":
			text += ", plus " + name
		default:
			text += ", " + signInWords(t.Sign) + name
		}
	}
	return text
}

// unitInWords is what a figure is counted in.
func unitInWords(u montecarlo.Unit) string {
	switch u {
	case montecarlo.Units:
		return "the units of the metric, such as full weeks"
	case montecarlo.Ratio:
		return "£ per £"
	case montecarlo.Rate:
		return "% a year"
	case montecarlo.Probability:
		return "% of replications"
	case montecarlo.Share:
		return "% of children"
	}
	return string(u)
}
