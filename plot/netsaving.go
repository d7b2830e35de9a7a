package plot

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// NetSaving draws the distribution of the net public saving, gross avoided cost
// less all payments, over the replications of each case, in £: a density with the
// median, the range that contains 90% of replications, and the probability of a
// saving. The densities of all cases have the same area.
func NetSaving(results ...*montecarlo.Result) (*Figure, error) {
	p, err := programmeOf(results)
	if err != nil {
		return nil, err
	}
	f := &Figure{
		Title:    "Net public saving",
		Subtitle: "£: gross avoided cost in the tracking window less all payments; density over replications",
		Key: []KeyEntry{
			{"Above £0", box{fill: middle}},
			{"Below £0", box{fill: alert}},
			{"5% to 95%", line{style: solid(ink, 1.25)}},
			{"Median", medianMark{}},
		},
		Note:    note(p, nil, withPairing(simulated(results)+leftOut(results, "the rates"), netPairings(results)), append([]kind{contractCap}, whatWasSpared...)...),
		Columns: []string{"case", "mean, £", "5%, £", "median, £", "95%, £", "probability of a saving"},
	}
	s := ridges{above: middle, below: mix(alert, paper, 0.15), line: solid(ink, 1), write: money, ticks: moneyTicks()}
	var said []string
	for i, name := range versionNames(results) {
		r, probability, err := savings(results[i])
		if err != nil {
			return nil, err
		}
		r.name = words.Capital(name)
		saves, _ := results[i].Probabilities.Of(montecarlo.Saves)
		often := likely(saves)
		r.beside = []string{often + " probability of a saving"}
		s.rows = append(s.rows, r)
		f.row(r.name, r.mean, r.low, r.median, r.high, probability)
		said = append(said, fmt.Sprintf("%s: mean %s, median %s, 90%% of replications from %s to %s, a saving in %s of them.",
			r.name, words.Pounds(r.mean), words.Pounds(r.median), words.Pounds(r.low), words.Pounds(r.high), often))
	}
	f.Panels, f.Summary = []Panel{{Plot: s.plot()}}, strings.Join(said, " ")
	return f, nil
}

// savings is the net public saving of one case in the pairing that its range comes
// from, and the probability of a saving.
func savings(result *montecarlo.Result) (r ridge, probability float64, err error) {
	total, err := totalOf(result, montecarlo.NetPublic)
	if err != nil {
		return r, 0, err
	}
	values, err := valuesOf(result, montecarlo.NetPublic, "", "", total.Pairing)
	if err != nil {
		return r, 0, err
	}
	r = newRidge(values, 1)
	r.mean = total.Mean
	return r, above(values, 0), nil
}
