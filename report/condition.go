package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Condition lays a posterior out: what payments say of each uncertain input and what they
// cannot tell apart, what is expected of each quarter that was used, how far quarters
// stray by themselves, and the inputs of which the evidence counts twice.
func Condition(p *calibrate.Posterior) []Table {
	if p == nil || !readable(p.Version) {
		return nothing("what calibrate.Condition returned")
	}
	tables := []Table{learnedTable(p), togetherTable(p), conditionedQuarters(p), unexplainedTable(p), fittedTwice(p)}
	tables = slices.DeleteFunc(tables, func(t Table) bool { return len(t.Rows) == 0 })
	return inCurrency(p.Version.Programme, append(modelled(tables...), conditionSheet(p))...)
}

// conditionSheet has a row for each input, and for each alternative of one.
func conditionSheet(p *calibrate.Posterior) Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "input", "alternative", "payments_depend_on_it"), figureColumns(
		"mean_by_file", "low_by_file", "high_by_file", "mean_given_payments", "low_given_payments", "high_given_payments", "variance_left")...),
		textColumns("paid_to", "effective_sample_size", "weight_of_payments", "seed")...)}
	ratio := unitName(montecarlo.Ratio)
	ends := texts(p.AsOf.String(), fmt.Sprintf("%.0f", p.EffectiveSize), words.Significant(p.Evidence), fmt.Sprint(p.Seed))
	for _, in := range p.Inputs {
		starts := func(alternative string) []Cell {
			return texts(p.Version.Programme.Name, p.Version.Name(), string(in.Input.Path), alternative, fmt.Sprint(in.Depends))
		}
		if len(in.Chances) == 0 {
			cells := starts("")
			for _, x := range []float64{in.Prior.Mean, in.Prior.Low, in.Prior.High, in.Posterior.Mean, in.Posterior.Low, in.Posterior.High, in.VarianceLeft} {
				cells = append(cells, bareCell(x, ratio))
			}
			t.add(append(cells, ends...)...)
		}
		for _, c := range in.Chances {
			t.add(append(append(starts(c.Name), bareCell(c.Prior, ratio), none(), none(), bareCell(c.Posterior, ratio), none(), none(), bareCell(in.VarianceLeft, ratio)), ends...)...)
		}
	}
	return t
}

// learnedTable has a row for each input that payments depend on, the one of which least
// variance is left first.
func learnedTable(p *calibrate.Posterior) Table {
	used := words.Plural(len(p.Used), "quarter")
	t := Table{
		Title: titleOf(p.Version) + ": what payments say of the uncertain inputs",
		About: []string{
			caseLine(p.Version),
			fmt.Sprintf("Held to what was paid for %s to %s; effective sample size %s; seed %d", used, p.AsOf.Long(), words.Count(p.EffectiveSize), p.Seed),
		},
		Columns: append(textColumns("input"), append(textColumns("by the file", "given what was paid"), figureColumns("variance left")...)...),
		Notes:   learnedNotes(p),
	}
	if p.Evidence != 1 {
		t.About = append(t.About, fmt.Sprintf("NOT THE DEFAULT WEIGHT: the likelihood of what was paid is raised to the power %s; at 1 the file and the payments count once each", words.Significant(p.Evidence)))
	}
	inputs := slices.Clone(p.Inputs)
	slices.SortStableFunc(inputs, func(a, b calibrate.Learned) int {
		switch {
		case a.VarianceLeft < b.VarianceLeft:
			return -1
		case a.VarianceLeft > b.VarianceLeft:
			return 1
		}
		return 0
	})
	for _, in := range inputs {
		if !in.Depends {
			continue
		}
		if len(in.Chances) > 0 {
			t.add(text(inputname.Of(in.Input)), text(""), text(""), percent(in.VarianceLeft))
			for _, c := range in.Chances {
				t.part(text(c.Name), text(words.Percent(c.Prior)), text(words.Percent(c.Posterior)), none())
			}
			continue
		}
		t.add(text(inputname.Of(in.Input)), text(spreadText(in.Input, in.Prior)), text(spreadText(in.Input, in.Posterior)), percent(in.VarianceLeft))
	}
	return t
}

// spreadText is "× 1.00 (× 0.80 to × 1.22)".
func spreadText(u model.Uncertain, s calibrate.Spread) string {
	return fmt.Sprintf("%s (%s to %s)", inputname.Value(u, s.Mean), inputname.Value(u, s.Low), inputname.Value(u, s.High))
}

func learnedNotes(p *calibrate.Posterior) []string {
	apart := 0
	for _, in := range p.Inputs {
		if !in.Depends {
			apart++
		}
	}
	notes := []string{
		"Mean and 90% range. Variance left: of what the file has; near 100%, payments say next to nothing of the input, and chance in the draws can take it a little above.",
	}
	if apart > 0 {
		notes = append(notes, fmt.Sprintf("Payments do not depend on the other %s, such as costs of care, which stay as in the file.", words.Plural(apart, "uncertain input")))
	}
	if len(p.Granted) > 0 {
		notes = append(notes, fmt.Sprintf("Left out: %s in which a grant stood, %s.", words.Plural(len(p.Granted), "quarter"), words.Pounds(paidInAll(p.Granted))))
	}
	if len(p.Derived) > 0 {
		notes = append(notes, fmt.Sprintf("Left out: %s whose payments are derived or assumed, %s.", words.Plural(len(p.Derived), "quarter"), words.Pounds(paidInAll(p.Derived))))
	}
	if len(p.Unearned) > 0 {
		notes = append(notes, fmt.Sprintf("Left out: £0 in %s, where by the file nothing can be earned.", quarterSpans(p.Unearned)))
	}
	return notes
}

func paidInAll(amounts []model.QuarterAmount) float64 {
	sum := 0.0
	for _, a := range amounts {
		sum += a.Amount.InexactFloat64()
	}
	return sum
}

// togetherTable has the pairs of inputs that payments cannot tell apart.
func togetherTable(p *calibrate.Posterior) Table {
	t := Table{
		Title:   "What payments cannot tell apart",
		Columns: append(textColumns("input", "and"), figureColumns("rank correlation by the file", "given what was paid")...),
		Notes:   []string{"Below 0: more of one with less of the other leads to the same payments. Draws keep this, so that they are used together."},
	}
	named := map[model.Path]string{}
	for _, in := range p.Inputs {
		named[in.Input.Path] = inputname.Of(in.Input)
	}
	for _, c := range p.Correlations {
		t.add(text(named[c.Inputs[0]]), text(named[c.Inputs[1]]), number(c.Prior, 2, unitName(montecarlo.Ratio)), number(c.Posterior, 2, unitName(montecarlo.Ratio)))
	}
	return t
}

// conditionedQuarters has the payments that were used beside what is expected of them.
func conditionedQuarters(p *calibrate.Posterior) Table {
	t := Table{
		Title:   "The payments that the inputs are held to",
		Columns: append(textColumns("quarter"), figureColumns("paid", "expected by the file", "90% of draws", "given what was paid", "90% of draws")...),
		Notes:   []string{"Expected over children's lives under each draw, caps applied to the expectation: chance in lives and single quarters is not in these ranges. The first quarter holds everything earned until its end."},
	}
	for _, q := range p.Quarters {
		t.add(text(q.Quarter.String()), paidCell(q.Actual), money(q.Prior.Mean), between(q.Prior.Low, q.Prior.High, montecarlo.Pounds),
			money(q.Posterior.Mean), between(q.Posterior.Low, q.Posterior.High, montecarlo.Pounds))
	}
	return t
}

// unexplainedTable says how far single quarters stray beyond chance in lives.
func unexplainedTable(p *calibrate.Posterior) Table {
	t := Table{
		Title:   "How far single quarters stray beyond chance in children's lives",
		Columns: figureColumns("standard deviation, over that of chance", "taken before", "given what was paid"),
		Notes:   []string{"Children who are in a placement stay for many quarters, so that chance moves payments slowly. What was paid moves faster, as where a claim falls in another quarter than the weeks that earned it. The sizes looked at are our judgement."},
	}
	if len(p.Unexplained) < 2 {
		return t
	}
	for _, u := range p.Unexplained {
		t.add(number(u.Ratio, 2, unitName(montecarlo.Ratio)), percent(u.Prior), percent(u.Posterior))
	}
	return t
}

// fittedTwice warns of inputs that were fitted to the same payments.
func fittedTwice(p *calibrate.Posterior) Table {
	t := Table{
		Title:   "Used twice: inputs that had been fitted to what is published",
		Columns: textColumns("input", "value", "fitted to what was published to", "status"),
		Notes:   []string{"The file's ranges are about these values, which had seen payments already. So the same payments count twice: given what was paid, the ranges are narrower and nearer to the file than ranges chosen before any payment would be."},
	}
	for _, in := range p.Fitted {
		t.add(texts(string(in.Path), in.Value, in.FittedTo.Long(), in.Status.String())...)
	}
	return t
}
