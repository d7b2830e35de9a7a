package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// howWellKnown is the table of runs that went on until means were known well enough,
// which says how many replications that took and why; none of other runs.
func howWellKnown(results []*montecarlo.Result) []Table {
	if results[0].Stopping == nil {
		return nil
	}
	t := Table{Title: "How well means are known", About: enough(results)}
	controlled := slices.ContainsFunc(results, func(r *montecarlo.Result) bool {
		return slices.ContainsFunc(r.Stopping.Means, func(k montecarlo.KnownMean) bool { return k.Gain > 0 })
	})
	if controlled {
		t.Columns = append(textColumns(""), figureColumns("best estimate of the mean", "its error in %", "to be at most", "plain mean", "variance of plain ÷ best")...)
		t.Notes = []string{
			"Best estimate: the mean of the replications, corrected for how far the values drawn of the uncertain inputs lie, on average, from the means of their laws, which are known (control variates, by linear regression). " +
				"It is used where it lowers the variance of the mean at least 1.2 times. ± is one Monte Carlo standard error. All other tables have plain means; ranges and probabilities do not gain from it.",
		}
	} else {
		t.Columns = append(textColumns(""), figureColumns("mean", "its error in %", "to be at most")...)
		t.Notes = []string{"± is one Monte Carlo standard error."}
	}
	for i, name := range results[0].Stopping.Measures {
		if len(results) > 1 {
			t.heading(words.Capital(name))
		}
		for _, r := range results {
			label := words.Capital(name)
			if len(results) > 1 {
				label = headingOf(r.Version)
			}
			t.add(append(texts(label), knownCells(r.Stopping, r.Stopping.Means[i], controlled)...)...)
		}
	}
	return []Table{t}
}

// knownCells are how well one mean is known.
func knownCells(s *montecarlo.Stopping, k montecarlo.KnownMean, controlled bool) []Cell {
	cells := []Cell{estimate(k.Mean, &k.StdErr, k.Unit), none(), text(asked(s.Until) + reachedOrNot(k))}
	if k.Mean != 0 {
		cells[1] = percent(k.StdErr / math.Abs(k.Mean))
	}
	switch {
	case !controlled:
		return cells
	case k.Gain == 0:
		return append(cells, estimate(k.PlainMean, &k.PlainStdErr, k.Unit), none())
	}
	gain := number(k.Gain, 1, unitName(montecarlo.Ratio))
	if k.Controls == 0 {
		gain.Text += ", not used"
	}
	return append(cells, estimate(k.PlainMean, &k.PlainStdErr, k.Unit), gain)
}

func reachedOrNot(k montecarlo.KnownMean) string {
	if k.Reached {
		return ""
	}
	return ", not reached"
}

// asked is the largest error that was asked for: "1%", "£10,000".
func asked(u montecarlo.Until) string {
	if u.Share > 0 {
		return words.Rate(u.Share)
	}
	return stated(u.Amount)
}

// enough says how many replications were run and why; nothing of runs whose number was
// given.
func enough(results []*montecarlo.Result) []string {
	s := results[0].Stopping
	if s == nil {
		return nil
	}
	ran := words.Plural(results[0].Conventions.Replications, "replication")
	if len(results) > 1 {
		ran += " of each case"
	}
	means := fmt.Sprintf("to know the mean of %s to %s (one Monte Carlo standard error)", words.And(s.Measures), asked(s.Until))
	if !s.Reached {
		return []string{fmt.Sprintf("%s, the most allowed, are not enough %s: %s. More are allowed with -n%s.", ran, means, words.And(notReached(results)), orAnAmount(s.Until))}
	}
	text := ran + " are enough " + means
	if worst := worstPlain(results); worst != "" {
		text += ". That holds for the best estimates of the means, which are corrected for the luck of the draw of the uncertain inputs; the plain means in the tables are known to " + worst
	}
	return []string{text + "."}
}

// orAnAmount offers an amount in place of a share, which no number of replications
// reaches for a mean near zero.
func orAnAmount(u montecarlo.Until) string {
	if u.Share > 0 {
		return "; where a mean is near £0, ask for an amount, as in --until £10,000"
	}
	return ""
}

// notReached are the means that are not known well enough, with their errors.
func notReached(results []*montecarlo.Result) (all []string) {
	for _, one := range byVersion(results...) {
		who := ""
		if len(results) > 1 {
			who = " (" + one.label + ")"
		}
		for _, k := range one.run.Stopping.Means {
			if !k.Reached {
				all = append(all, k.Name+who+" "+errorIn(one.run.Stopping.Until, k, k.Mean, k.StdErr))
			}
		}
	}
	return all
}

// worstPlain is the largest error of a plain mean that has a better estimate, where it
// is larger than was asked for; empty if there is none.
func worstPlain(results []*montecarlo.Result) (text string) {
	worst := 1.0
	for _, r := range results {
		for _, k := range r.Stopping.Means {
			if times := k.PlainStdErr / k.Allowed; k.Controls > 0 && times > worst {
				worst, text = times, errorIn(r.Stopping.Until, k, k.PlainMean, k.PlainStdErr)
			}
		}
	}
	return text
}

// errorIn is an error in what was asked for: a share of the mean or an amount.
func errorIn(u montecarlo.Until, k montecarlo.KnownMean, mean, standardError float64) string {
	if u.Share > 0 && mean != 0 {
		return words.Percent(standardError / math.Abs(mean))
	}
	return errorOf(&standardError, k.Unit).Text
}
