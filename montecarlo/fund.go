package montecarlo

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Fund is what the capital of a fund of several programmes comes to over
// replications: the measures of capital and returns that a [Result] has of one
// programme.
type Fund struct {
	Totals        List[Summary]       `json:"totals"`
	Ranked        List[Ranked]        `json:"ranked"`
	Probabilities List[ProbabilityOf] `json:"probabilities"`

	run *runner
}

// Values returns a measure in every replication, in order, as [Result.Values] does;
// nil if the fund does not have it.
func (f *Fund) Values(name string, of ...string) []float64 {
	if f == nil || f.run == nil {
		return nil
	}
	for _, c := range f.run.columns {
		if c.is(name, of) {
			return f.run.column(c, c.at, f.run.values.replications)
		}
	}
	return nil
}

// FundFigures collects what the accounts of a fund come to. Make one with
// [NewFundFigures].
type FundFigures struct {
	sheet   *sheet
	run     *runner
	limited bool // whether what can be drawn has a limit
}

// NewFundFigures makes room for so many replications of a fund that starts on a day,
// on the terms of a facility, of which the central projection is given.
func NewFundFigures(f *model.Facility, start calendar.Date, central *finance.CapitalFigures, replications int) *FundFigures {
	s := &sheet{start: start}
	s.capital(f)
	figures := &figures{}
	fillCapitalFigures(s, central, figures)
	return &FundFigures{s, &runner{
		columns: figures.columns, centre: figures.values, values: newRecorded(len(figures.values), replications),
	}, f != nil}
}

// Set records a replication, counted from 0. Different replications may be recorded
// at the same time.
func (f *FundFigures) Set(replication int, k *finance.CapitalFigures) {
	row := &figures{values: make([]float64, 0, len(f.run.centre)), named: true}
	fillCapitalFigures(f.sheet, k, row)
	f.run.values.put(replication, row.values)
}

// Describe says what the replications come to, with quantiles between 0 and 1; nil
// for those of [Options].
func (f *FundFigures) Describe(quantiles []float64) *Fund {
	if quantiles == nil {
		quantiles = defaultQuantiles()
	}
	r := f.run
	r.options.Quantiles = quantiles
	n := r.values.replications
	fund := &Fund{run: r}
	for _, c := range r.columns {
		if measures[measureIndex[c.Name]].Kind == kindRank {
			fund.Ranked = append(fund.Ranked, r.rank(c, n))
			continue
		}
		d := distribution(r.column(c, c.at, n), quantiles, true)
		if c.Unit == Probability {
			p := chanceOf(c.Key, d, n)
			p.Certain = c.Name == FacilityShort && !f.limited
			fund.Probabilities = append(fund.Probabilities, p)
			continue
		}
		fund.Totals = append(fund.Totals, Summary{Key: c.Key, Central: c.scale(r.centre[c.at]), Distribution: d})
	}
	return fund
}

// Describe is the distribution of a figure that a caller worked out from the values of
// replications, which it leaves as they are, with quantiles between 0 and 1; nil for
// those of [Options].
func Describe(k Key, central float64, values, quantiles []float64) Summary {
	if quantiles == nil {
		quantiles = defaultQuantiles()
	}
	return Summary{Key: k, Central: central, Distribution: distribution(slices.Clone(values), quantiles, true)}
}
