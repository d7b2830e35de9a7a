package report

import (
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Explain lays a measure out: what it is, the rule behind it and, with the basis
// of a projection, the sum and the parts with their figures. Without a basis it
// says what can be said of every programme.
func Explain(e *montecarlo.Explanation, b *montecarlo.Basis) []Table {
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
	add("Known by", words.And(e.By))
	add("In arms", armsInWords(e.Arms))
	if b == nil {
		if len(e.Measure.Sum) > 0 {
			add("The sum", sumInWords(e.Measure.Sum))
		}
		return []Table{about}
	}
	tables := []Table{about}
	if e.Value == nil {
		tables[0].Notes = append(tables[0].Notes, "Its figure needs a simulation: edgeofcare run shows it.")
		return tables
	}
	return modelled(append(tables, explained(e, b)...)...)
}

// explained are the tables of figures.
func explained(e *montecarlo.Explanation, b *montecarlo.Basis) []Table {
	sum := Table{
		Title: titleOf(b.Version) + ": " + e.Name, About: []string{caseLine(b.Version) + "; central projection; £ in " + b.Version.Programme.PriceBase},
		Columns: append(textColumns(""), figureColumns("")...),
	}
	if e.Of != "" {
		sum.Title += ", " + e.Of
	}
	for _, t := range e.Terms {
		sum.add(text(signInWords(t.Sign)+t.Key.String()), figure(t.Value, t.Unit))
	}
	if difference := differs(e); difference != 0 {
		sum.add(text("payments brought into the prices of the cost of care"), figure(difference, e.Unit))
	}
	sum.add(text("= "+e.Name), figure(*e.Value, e.Unit))
	tables := []Table{sum}
	for _, parts := range e.Parts {
		t := Table{Title: "By " + parts.By, Columns: append(textColumns(parts.By), figureColumns("")...)}
		for _, part := range parts.Totals {
			t.add(text(part.Of), figure(part.Value, part.Unit))
		}
		tables = append(tables, t)
	}
	return tables
}

// differs is by how much the figure is not the sum of its terms, as figures are
// shown; 0 if it is.
func differs(e *montecarlo.Explanation) float64 {
	if e.Sum == nil || e.Unit != montecarlo.Pounds {
		return 0
	}
	if d := *e.Value - *e.Sum; d <= -0.5 || d >= 0.5 {
		return d
	}
	return 0
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
		return "£ for each £"
	case montecarlo.Rate:
		return "% a year"
	case montecarlo.Probability:
		return "% of replications"
	}
	return string(u)
}

func armsInWords(arms bool) string {
	if arms {
		return "with the programme (intervention) and without it (counterfactual)"
	}
	return ""
}
