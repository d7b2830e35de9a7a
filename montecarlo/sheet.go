package montecarlo

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// sheet is which cells of counts and ledger make up which figure.
type sheet struct {
	shape                 *contract.Shape
	all                   []int   // lines (cohort × commissioner)
	cohort, commissioner  [][]int // the lines of each
	metric, payer         [][]int // rows (× commissioner) of each
	allMetrics, allPayers []int
	own                   []int  // by commissioner: its row among the payers
	units                 []Unit // by metric
	linear                []bool // by metric: whether a claim is proportional to the units
	oneUnit               bool   // whether all metrics count the same: days and milestones do not add up
	states                []string
	weeks                 map[contract.Arm][][]int // by arm and state: rows of weeks, both windows
	factors               []float64                // present value, by quarter
	years                 []calendar.FinancialYear
	year                  []int // by quarter
	paid                  paidYears
	others                [][]int // by commissioner: the rows of payers that are none; nil if all are
	granted               []bool  // by quarter: whether a grant replaces the claim
	toDate                int     // quarters up to the last published payment
	capped                bool
	minimum               model.MinimumReferrals
	targets               []target
	limits                []target // of what commissioners can afford
	tiers                 []model.RateTier
	covenants             []string // of the facility
	chargesFees           bool     // whether the facility has commitment fees
	guaranteed            bool     // whether any capital is guaranteed
	start                 calendar.Date
	totalsOnly            bool
	dailyCash             bool
}

// newSheet prepares a sheet; days are those on which money can move, if there are
// delivery terms.
func newSheet(p *model.Programme, payers []string, days []calendar.Date, o Options) *sheet {
	shape := p.Shape()
	commissioners, cohorts := len(shape.Commissioners), len(shape.Cohorts)
	s := &sheet{
		shape: shape, factors: finance.DiscountFactors(p.Start, shape.Quarters, p.DiscountRate.In(o.Prices, p.Inflation)),
		capped: p.Contract.Cap.Valid, minimum: p.MinimumReferrals,
		start: p.Start, targets: newTargets(p, shape, o.Prices), limits: newLimits(p, shape, o.Prices), totalsOnly: o.TotalsOnly, dailyCash: o.DailyCash,
	}
	s.years, s.year = finance.Years(shape.Quarters)
	s.paid = newPaidYears(p, days)
	s.capital(p.Facility)
	s.tiers = p.RateTiers()
	for _, quarter := range shape.Quarters {
		is := func(g contract.Grant) bool { return g.Quarter == quarter }
		s.granted = append(s.granted, slices.ContainsFunc(p.Contract.Grants, is))
	}
	s.cohort, s.all = blocks(cohorts, commissioners)
	s.metric, s.allMetrics = blocks(len(shape.Metrics), commissioners)
	for _, m := range p.Contract.Metrics {
		s.units = append(s.units, Unit(m.Trigger.Definition().Unit.Many))
		s.linear = append(s.linear, m.Tariff.Linear())
	}
	s.oneUnit = len(slices.Compact(slices.Clone(s.units))) == 1
	s.payer, s.allPayers = payerRows(p.Contract.Payers, payers, shape.Commissioners)
	for c := range shape.Commissioners {
		var lines []int
		for k := range shape.Cohorts {
			lines = append(lines, k*commissioners+c)
		}
		s.commissioner = append(s.commissioner, lines)
		s.own = append(s.own, len(payers)-commissioners+c)
		if outside := len(payers) - commissioners; outside > 0 {
			s.others = append(s.others, nil)
			for payer := range outside {
				s.others[c] = append(s.others[c], s.payer[payer][c])
			}
		}
	}
	s.states, s.weeks = statesOf(p, shape)
	for _, a := range p.Published.Actual {
		s.toDate = max(s.toDate, slices.Index(shape.Quarters, a.Quarter)+1)
	}
	return s
}

// blocks returns the rows of n blocks of the given size, by block and together.
func blocks(n, size int) (each [][]int, all []int) {
	for i := range n * size {
		if i%size == 0 {
			each = append(each, nil)
		}
		each[i/size] = append(each[i/size], i)
		all = append(all, i)
	}
	return each, all
}

// payerRows returns the rows (× commissioner) in which each payer can pay anything, and all
// of them. A commissioner that is not listed by name pays of its own claims alone, so that
// the rows grow with the number of commissioners and not with its square.
func payerRows(listed []contract.Payer, payers, commissioners []string) (each [][]int, all []int) {
	each, _ = blocks(len(payers), len(commissioners))
	for payer, name := range payers {
		own := payer - (len(payers) - len(commissioners))
		if own >= 0 && !slices.ContainsFunc(listed, func(p contract.Payer) bool { return p.Name == name }) {
			each[payer] = each[payer][own : own+1]
		}
		all = append(all, each[payer]...)
	}
	return each, all
}

// statesOf returns the reported states and, by arm and state, the rows of weeks
// that each is made of: those of the state itself and of the planned states of
// which it is the parent, where children can be.
func statesOf(p *model.Programme, shape *contract.Shape) (states []string, weeks map[contract.Arm][][]int) {
	reached, weeks := lives.Reachable(p), map[contract.Arm][][]int{}
	for _, state := range p.States {
		if state.Parent != "" {
			continue
		}
		states = append(states, state.Name)
		for _, arm := range contract.Arms() {
			var rows []int
			for i, other := range p.States {
				if other.Name == state.Name || other.Parent == state.Name {
					rows = append(rows, weekRows(shape, arm, i, reached)...)
				}
			}
			weeks[arm] = append(weeks[arm], rows)
		}
	}
	return states, weeks
}

// weekRows is the rows of weeks in one state and arm, in both windows, of the
// cohorts whose children can be there.
func weekRows(shape *contract.Shape, arm contract.Arm, state int, reached [][2]contract.StateSet) (rows []int) {
	for w := contract.Tracking; w <= contract.AfterTracking; w++ {
		for cohort := range shape.Cohorts {
			for commissioner := range shape.Commissioners {
				if reached[cohort][arm].Has(state) {
					rows = append(rows, shape.WeeksRow(w, arm, cohort, commissioner, state))
				}
			}
		}
	}
	return rows
}

// capital notes what only some facilities have.
func (s *sheet) capital(f *model.Facility) {
	if f == nil {
		return
	}
	s.chargesFees = f.CommitmentFee.Yearly > 0
	for _, i := range f.Investors {
		s.chargesFees = s.chargesFees || f.TermsOf(i).CommitmentFee.Yearly > 0
		s.guaranteed = s.guaranteed || i.Guarantee != nil
	}
	for _, c := range f.Covenants {
		s.covenants = append(s.covenants, c.Name)
	}
}
