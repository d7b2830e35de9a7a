package montecarlo

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// fill works every figure of a sheet out from counts and a ledger: the same
// figures by the same code for every replication and for the central
// projection. Money is in pence until it is summarised.
func fill[N contract.Number](s *sheet, c *contract.Counts[N], l *contract.Ledger, f *figures) {
	f.values = f.values[:0]
	f.care.addUp(s, l)
	fillChildren(s, c, f)
	fillWeeks(s, c, f)
	fillPayments(s, l, f)
	fillSavings(s, l, f)
	fillValue(s, l, f)
	fillTargets(s, l, f)
	fillAffordable(s, l, f)
	fillCapital(s, c, l, f)
	f.named = true
}

func fillChildren[N contract.Number](s *sheet, c *contract.Counts[N], f *figures) {
	by := func(name string, cells []N, councils bool) {
		for k, cohort := range s.shape.Cohorts {
			add(f, cells, 0, s.cohort[k], 1)
			f.total(Measure{name, cohort, "", Children}, exactly)
		}
		for m, council := range s.shape.Commissioners {
			if councils {
				add(f, cells, 0, s.council[m], 1)
				f.total(Measure{name, council, "", Children}, exactly)
			}
		}
		add(f, cells, 0, s.all, 1)
		f.flow(s, Measure{name, "", "", Children}, exactly, false)
	}
	by(Referred, c.Referred, true)
	by(Started, c.Started, false)
	if s.minimum.Children == 0 {
		return
	}
	early := func(of string, lines []int) float64 {
		sum := 0.0
		for _, line := range lines {
			sum += float64(c.Early[line])
		}
		f.put(Measure{ReferredEarly, of, "", Children}, sum, exactly)
		return sum
	}
	for k, cohort := range s.shape.Cohorts {
		early(cohort, s.cohort[k])
	}
	for m, council := range s.shape.Commissioners {
		early(council, s.council[m])
	}
	f.event(TooFewReferred, "", early("", s.all) < float64(s.minimum.Children))
}

func fillWeeks[N contract.Number](s *sheet, c *contract.Counts[N], f *figures) {
	for _, arm := range contract.Arms() {
		for i, state := range s.states {
			add(f, c.Weeks, 0, s.weeks[arm][i], 1)
			f.flow(s, Measure{LivedIn, state, arm.String(), Weeks}, exactly, false)
		}
	}
	for m, name := range s.shape.Metrics {
		add(f, c.Units, 0, s.metric[m], 1)
		f.flow(s, Measure{PaidUnits, name, "", Units}, exactly, false)
	}
	add(f, c.Units, 0, s.allMetrics, 1)
	f.flow(s, Measure{PaidUnits, "", "", Units}, exactly, false)
}

func fillPayments(s *sheet, l *contract.Ledger, f *figures) {
	for m, name := range s.shape.Metrics {
		add(f, l.Claims, 0, s.metric[m], 1)
		f.total(Measure{Claims, name, "", Pounds}, exactly)
	}
	add(f, l.Claims, 0, s.allMetrics, 1)
	f.flow(s, Measure{Claims, "", "", Pounds}, exactly, false)
	if s.capped {
		add(f, l.Allowed, 0, s.allMetrics, 1)
		f.event(CapReached, "", sum(f.series) >= s.cap)
		clear(f.series)
	}
	for p, name := range l.Payers {
		add(f, l.Payments, 0, s.payer[p], 1)
		f.flow(s, Measure{Payments, name, "", Pounds}, afterCaps, true)
	}
	if s.toDate > 0 {
		add(f, l.Payments, 0, s.allPayers, 1)
		clear(f.series[s.toDate:])
		f.total(Measure{PaymentsToDate, "", "", Pounds}, afterCaps)
	}
	add(f, l.Payments, 0, s.allPayers, 1)
	f.flow(s, Measure{Payments, "", "", Pounds}, afterCaps, true)
	s.unpaid(f, l)
}

// unpaid records the grants, and what caps of any kind cut from claims and
// grants.
func (s *sheet) unpaid(f *figures, l *contract.Ledger) {
	grants := 0.0
	add(f, l.Claims, 0, s.allMetrics, 1)
	for q, granted := range s.granted {
		if granted {
			f.series[q] = float64(l.Grants[q])
			grants += f.series[q]
		}
	}
	if grants > 0 {
		f.put(Measure{GrantsPaid, "", "", Pounds}, grants, exactly)
	}
	add(f, l.Payments, 0, s.allPayers, -1)
	f.total(Measure{Unpaid, "", "", Pounds}, afterCaps)
}

// pay takes payments off the working series, in the prices of the first
// financial year.
func (s *sheet) pay(f *figures, l *contract.Ledger, rows []int) {
	if s.deflate == nil {
		add(f, l.Payments, 0, rows, -1)
		return
	}
	for _, row := range rows {
		for q, v := range l.Payments[row*len(f.series) : (row+1)*len(f.series)] {
			f.series[q] -= float64(v) * s.deflate[q]
		}
	}
}

func fillSavings(s *sheet, l *contract.Ledger, f *figures) {
	c := f.care
	for _, arm := range contract.Arms() {
		f.plus(c.cost[contract.Tracking][arm], 1)
		f.flow(s, Measure{CareCost, "", arm.String(), Pounds}, exactly, false)
		f.plus(c.cost[contract.Tracking][arm], 1)
		f.plus(c.cost[contract.AfterTracking][arm], 1)
		f.flow(s, Measure{CareCostToEnd, "", arm.String(), Pounds}, exactly, false)
	}
	for k, cohort := range s.shape.Cohorts {
		f.put(Measure{Avoided, cohort, "", Pounds}, c.cohorts[k].avoided, exactly)
		f.put(Measure{AvoidedToEnd, cohort, "", Pounds}, c.cohorts[k].avoided+c.cohorts[k].later, exactly)
		f.put(Measure{Cashable, cohort, "", Pounds}, c.cohorts[k].cashable, exactly)
	}
	for m, council := range s.shape.Commissioners {
		fillSaving(s, l, f, &c.councils[m], council, s.payer[s.own[m]], [...]string{NetSaving, NetCashable})
	}
	fillSaving(s, l, f, &c.all, "", s.allPayers, [...]string{NetPublic, NetCashable})
	f.plus(c.all.avoided, 1)
	f.plus(c.all.later, 1)
	f.flow(s, Measure{AvoidedToEnd, "", "", Pounds}, exactly, false)
	f.plus(c.all.avoided, 1)
	f.plus(c.all.later, 1)
	s.pay(f, l, s.allPayers)
	f.total(Measure{NetPublicToEnd, "", "", Pounds}, afterCaps)
}

// fillSaving records what one commissioner saves, or all of them, before and
// after the payments in some rows.
func fillSaving(s *sheet, l *contract.Ledger, f *figures, c *saving, of string, payers []int, net [2]string) {
	f.plus(c.avoided, 1)
	f.flow(s, Measure{Avoided, of, "", Pounds}, exactly, true)
	f.plus(c.cashable, 1)
	f.flow(s, Measure{Cashable, of, "", Pounds}, exactly, true)
	f.plus(c.avoided, 1)
	s.pay(f, l, payers)
	f.event(Saves, of, sum(f.series) > 0)
	f.flow(s, Measure{net[0], of, "", Pounds}, afterCaps, true)
	f.plus(c.cashable, 1)
	s.pay(f, l, payers)
	f.event(CashableSaves, of, sum(f.series) > 0)
	f.flow(s, Measure{net[1], of, "", Pounds}, afterCaps, true)
}

func fillValue(s *sheet, l *contract.Ledger, f *figures) {
	s.pay(f, l, s.allPayers)
	payments := -f.value(s)
	f.plus(f.care.all.avoided, 1)
	avoided := f.value(s)
	f.put(Measure{ValuePayments, "", "", Pounds}, payments, afterCaps)
	f.put(Measure{ValueAvoided, "", "", Pounds}, avoided, exactly)
	f.put(Measure{ValueNet, "", "", Pounds}, avoided-payments, afterCaps)
	f.put(Measure{BenefitCost, "", "", Ratio}, avoided/payments, afterCaps)
}

func fillTargets(s *sheet, l *contract.Ledger, f *figures) {
	for _, t := range s.targets {
		name := t.name
		gross := t.of(f.care.councils[t.council].cashable)
		s.pay(f, l, s.payer[s.own[t.council]])
		net := gross + t.of(f.series)
		clear(f.series)
		f.put(Measure{TargetGross, name, "", Pounds}, gross, exactly)
		f.put(Measure{TargetNet, name, "", Pounds}, net, afterCaps)
		f.event(TargetMetGross, name, gross >= t.pence)
		f.event(TargetMet, name, net >= t.pence)
	}
}

// sheet is which cells of counts and ledger make up which figure.
type sheet struct {
	shape                 *contract.Shape
	all                   []int   // lines (cohort × commissioner)
	cohort, council       [][]int // the lines of each
	metric, payer         [][]int // rows (× commissioner) of each
	allMetrics, allPayers []int
	own                   []int // by commissioner: its row among the payers
	states                []string
	weeks                 map[contract.Arm][][]int // by arm and state: rows of weeks, both windows
	factors               []float64                // present value, by quarter
	years                 []calendar.FinancialYear
	year                  []int     // by quarter
	deflate               []float64 // by quarter; nil where nothing is indexed
	granted               []bool    // by quarter: whether a grant replaces the claim
	toDate                int       // quarters up to the last published payment
	capped                bool
	cap                   float64 // pence
	minimum               model.MinimumReferrals
	targets               []target
	limits                []target // of what commissioners can afford
	start                 calendar.Date
	totalsOnly            bool
}

// target is a savings target.
type target struct {
	name    string
	council int
	counts  []bool // by quarter
	pence   float64
}

// of is the part of a series that counts towards the target.
func (t target) of(series []float64) float64 {
	sum := 0.0
	for q, v := range series {
		if t.counts[q] {
			sum += v
		}
	}
	return sum
}

func newSheet(p *model.Programme, payers []string, totalsOnly bool) *sheet {
	shape := p.Shape()
	councils, cohorts := len(shape.Commissioners), len(shape.Cohorts)
	s := &sheet{
		shape: shape, factors: finance.DiscountFactors(p.Start, shape.Quarters, p.DiscountRate),
		capped: p.Contract.Cap.Valid, cap: p.Contract.Cap.Decimal.Shift(2).InexactFloat64(), minimum: p.MinimumReferrals, totalsOnly: totalsOnly, start: p.Start, limits: newLimits(p, shape),
		weeks: map[contract.Arm][][]int{},
	}
	s.years, s.year = finance.Years(shape.Quarters)
	for _, quarter := range shape.Quarters {
		is := func(g contract.Grant) bool { return g.Quarter == quarter }
		s.granted = append(s.granted, slices.ContainsFunc(p.Contract.Grants, is))
	}
	if p.Inflation != 0 {
		for _, year := range s.year {
			s.deflate = append(s.deflate, math.Pow(1+p.Inflation, -float64(year)))
		}
	}
	s.cohort, s.all = blocks(cohorts, councils)
	s.metric, s.allMetrics = blocks(len(shape.Metrics), councils)
	s.payer, s.allPayers = blocks(len(payers), councils)
	for c := range shape.Commissioners {
		var lines []int
		for k := range shape.Cohorts {
			lines = append(lines, k*councils+c)
		}
		s.council = append(s.council, lines)
		s.own = append(s.own, len(payers)-councils+c)
	}
	s.addStates(p)
	for _, a := range p.Published.Actual {
		s.toDate = max(s.toDate, slices.Index(shape.Quarters, a.Quarter)+1)
	}
	for _, t := range p.SavingsTargets {
		one := target{name: t.String(), council: slices.Index(shape.Commissioners, t.Commissioner), pence: t.Amount.Shift(2).InexactFloat64()}
		for _, quarter := range shape.Quarters {
			one.counts = append(one.counts, slices.Contains(t.Years, quarter.FinancialYear()))
		}
		s.targets = append(s.targets, one)
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

// addStates finds the rows of weeks of each reported state: the state itself
// and the planned states of which it is the parent, where children can be.
func (s *sheet) addStates(p *model.Programme) {
	states, reached := len(p.States), lives.Reachable(p)
	for _, state := range p.States {
		if state.Parent != "" {
			continue
		}
		s.states = append(s.states, state.Name)
		for _, arm := range contract.Arms() {
			var rows []int
			for i, other := range p.States {
				if other.Name != state.Name && other.Parent != state.Name {
					continue
				}
				for w := contract.Tracking; w <= contract.AfterTracking; w++ {
					for line := range s.all {
						if reached[line/len(s.shape.Commissioners)][arm].Has(i) {
							rows = append(rows, ((int(w)*len(contract.Arms())+int(arm))*len(s.all)+line)*states+i)
						}
					}
				}
			}
			s.weeks[arm] = append(s.weeks[arm], rows)
		}
	}
}
