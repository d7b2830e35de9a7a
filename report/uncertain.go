package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// uncertainTable says of every input that is not known exactly what is stated, how
// well that is known, by which law it is drawn, and whose judgement or evidence that
// is; and which inputs go together.
func uncertainTable(p *model.Programme) Table {
	t := Table{
		Title:   "What is uncertain: " + words.Plural(len(p.Uncertain), "input"),
		About:   []string{"Drawn anew in each replication, the same for both arms and all cases. The central projection has the stated values."},
		Columns: textColumns("input", "stated", "how well it is known", "drawn from", "status", "source", "note"),
	}
	if c := p.Conditioned; c != nil {
		t.About = append(t.About, fmt.Sprintf("In this case %s are drawn together, held to what was paid to %s, so that the laws here are those before: edgeofcare condition has both.", words.Plural(len(c.Inputs), "input"), c.PaidTo.Long()))
	}
	for _, u := range p.Uncertain {
		in, _ := register(p, string(u.Path))
		status := in.Status.String()
		if ofAlternatives(u) { // each is a variant, with evidence of its own
			status = ""
		}
		t.add(texts(string(u.Path), statedValue(u, in), u.Said, lawInWords(u), status, in.Source, in.Note)...)
		for _, path := range u.Multiplies {
			t.part(texts("multiplies " + string(path))...)
		}
		if ofAlternatives(u) {
			t.weights(u)
		}
	}
	for _, c := range p.Correlations {
		t.add(texts(string(c.Inputs[0])+" and "+string(c.Inputs[1]), "", fmt.Sprintf("rank correlation: %v", c.Spearman), togetherness(c.Spearman))...)
	}
	return t
}

// ofAlternatives reports whether an uncertain input is which of several variants
// holds.
func ofAlternatives(u model.Uncertain) bool {
	return strings.HasPrefix(string(u.Path), "alternatives.")
}

// statedValue is the value of the central projection, as written.
func statedValue(u model.Uncertain, in model.Input) string {
	if ofAlternatives(u) && len(u.Values) > 0 {
		return u.Values[0]
	}
	return in.Value
}

// lawInWords says by which law an input is drawn.
func lawInWords(u model.Uncertain) string {
	switch {
	case ofAlternatives(u):
		return "one of " + words.Plural(len(u.Values), "alternative")
	case len(u.Values) > 0:
		var all []string
		for i, one := range u.Values {
			all = append(all, fmt.Sprintf("%s in %s of draws", one, words.Rate(u.Law.Values[i].Weight)))
		}
		return strings.Join(all, ", ")
	case u.Shares != "":
		return u.Law.String() + ", with the others that add up to 100% (Dirichlet)"
	}
	return u.Law.String()
}

// weights adds a row for each alternative.
func (t *Table) weights(u model.Uncertain) {
	for i, one := range u.Values {
		text := words.Rate(weightOf(u, i)) + " of draws"
		if i == 0 {
			text += ", and the central projection"
		}
		t.part(texts(one, "", text)...)
	}
}

// weightOf is the weight of an alternative, by its place in the file.
func weightOf(u model.Uncertain, place int) float64 {
	i := slices.IndexFunc(u.Law.Values, func(w uncertain.Weighted) bool { return w.Value == float64(place) })
	if i < 0 {
		return 0
	}
	return u.Law.Values[i].Weight
}

// togetherness says what a rank correlation means.
func togetherness(spearman float64) string {
	switch {
	case spearman > 0:
		return "where one is high the other tends to be high"
	case spearman < 0:
		return "where one is high the other tends to be low"
	}
	return "they do not go together"
}

// knownColumn adds to the register how well inputs are known, where any says so.
func knownColumn(t *Table, p *model.Programme) {
	if len(p.Uncertain) == 0 {
		return
	}
	said := map[string]string{}
	for _, u := range p.Uncertain {
		said[string(u.Path)] = u.Said
	}
	at := 2
	t.Columns = slices.Insert(t.Columns, at, textColumns("how well it is known")...)
	for i, row := range t.Rows {
		t.Rows[i].Cells = slices.Insert(row.Cells, at, text(said[row.Cells[0].Text]))
	}
}
