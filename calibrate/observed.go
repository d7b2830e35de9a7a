package calibrate

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// observed are the published payments of a programme: those that a fit may use and
// those that it may not.
type observed struct {
	used             []payment             // in order of time
	evidence         []model.QuarterAmount // the same, as published
	granted, derived []model.QuarterAmount
	unearned         []model.QuarterAmount // £0 where nothing can be earned: of no draw evidence
	first            int                   // index of the first published quarter in the programme's calendar
}

// payment is what was paid for one quarter of the programme's calendar, in £.
type payment struct {
	quarter calendar.Quarter
	index   int
	amount  float64
}

// observe sorts the published payments of a version, of which a backtest needs three.
func observe(v *scenario.Version) (*observed, error) {
	o, err := observePayments(v.Programme, v.Programme.Published.Actual, statusOfPayments(v.Programme))
	if err == nil && len(o.used) < 3 {
		err = fmt.Errorf("%d published payments can be used, with %d left out because a grant stood in their quarters and %d because they are derived or assumed: a backtest needs three, two to fit to and one to hold out",
			len(o.used), len(o.granted), len(o.derived))
	}
	return o, err
}

// observePayments sorts payments of a programme by whether they are evidence of what
// was earned, given how far each is known.
func observePayments(p *model.Programme, actual []model.QuarterAmount, status map[calendar.Quarter]model.Status) (*observed, error) {
	weeks := p.Calendar()
	actual = slices.SortedFunc(slices.Values(actual), func(a, b model.QuarterAmount) int {
		return cmp.Compare(a.Quarter, b.Quarter)
	})
	if len(actual) == 0 {
		return nil, errors.New("no actual payments are published: there is nothing to fit to")
	}
	var o observed
	for i, a := range actual {
		index, ok := weeks.Index(a.Quarter)
		if !ok {
			return nil, fmt.Errorf("actual payments are published for %s, which is outside the programme", a.Quarter)
		}
		if i > 0 && actual[i-1].Quarter == a.Quarter {
			return nil, fmt.Errorf("there are two actual payments for %s: give their sum", a.Quarter)
		}
		if i == 0 {
			o.first = index
		}
		granted := slices.ContainsFunc(p.Contract.Grants, func(g contract.Grant) bool { return g.Quarter == a.Quarter })
		switch s := status[a.Quarter]; {
		case granted:
			o.granted = append(o.granted, a)
		case s == model.Derived || s == model.Assumed:
			o.derived = append(o.derived, a)
		default:
			o.used = append(o.used, payment{a.Quarter, index, a.Amount.InexactFloat64()})
			o.evidence = append(o.evidence, a)
		}
	}
	return &o, nil
}

// statusOfPayments is how far each published payment is known, from the register;
// a programme without one says nothing, and its payments are taken as published.
func statusOfPayments(p *model.Programme) map[calendar.Quarter]model.Status {
	status := map[calendar.Quarter]model.Status{}
	for _, in := range p.Register {
		if names, ok := in.Path.Under("published.actual payments.*"); ok {
			if q, err := calendar.ParseQuarter(names[0]); err == nil {
				status[q] = in.Status
			}
		}
	}
	return status
}

// fewest is how many used quarters lie up to an origin that nobody asked for, and
// after it.
const fewest = 4

// origins checks the origins that were asked for, or chooses some.
func (o *observed) origins(asked []calendar.Quarter) ([]calendar.Quarter, error) {
	if len(asked) == 0 {
		asked = o.everySecond()
	}
	asked = slices.Clone(asked)
	slices.Sort(asked)
	asked = slices.Compact(asked)
	first, last := o.used[0].quarter, o.used[len(o.used)-1].quarter
	for _, origin := range asked {
		switch {
		case origin < first || origin > last:
			return nil, fmt.Errorf("no payments that can be used are published for %s: they are published for quarters from %s to %s", origin, first, last)
		case origin < o.used[1].quarter:
			return nil, fmt.Errorf("up to %s there is one payment that can be used, and any multiplier explains one: choose %s or later", origin, o.used[1].quarter)
		case origin == last:
			return nil, fmt.Errorf("nothing is held out after %s, the last quarter with a payment that can be used: choose an earlier one", origin)
		case o.paidUpTo(origin) == 0:
			return nil, fmt.Errorf("nothing had been paid up to %s, so there is nothing to fit to: choose a later quarter", origin)
		}
	}
	return asked, nil
}

// everySecond are the origins of [Options.Origins] where none is asked for.
func (o *observed) everySecond() (all []calendar.Quarter) {
	for n := fewest; n+fewest <= len(o.used); n += 2 {
		all = append(all, o.used[n-1].quarter)
	}
	if len(all) == 0 {
		all = append(all, o.used[max(2, len(o.used)/2)-1].quarter)
	}
	return all
}

// paidUpTo is what was paid up to an origin, in £.
func (o *observed) paidUpTo(origin calendar.Quarter) float64 {
	sum := 0.0
	for _, p := range o.used[:o.upTo(origin)] {
		sum += p.amount
	}
	return sum
}

// among are the first n of the used quarters, without what came after.
func (o *observed) among(n int) *observed {
	return &observed{used: o.used[:n], evidence: o.evidence[:n], first: o.first}
}

// upTo is how many used quarters there are up to an origin.
func (o *observed) upTo(origin calendar.Quarter) int {
	n := 0
	for _, p := range o.used {
		if p.quarter <= origin {
			n++
		}
	}
	return n
}

// modelled picks, from a series over the quarters of the programme, those that are
// used. The first published quarter holds everything earned until its end.
func (o *observed) modelled(series []float64) []float64 { return o.amongEarned(o.earned(series)) }

// earned is a series over the quarters of the programme from the first published one
// on, which holds everything earned until its end.
func (o *observed) earned(series []float64) []float64 {
	all := slices.Clone(series[o.first:])
	for _, before := range series[:o.first] {
		all[0] += before
	}
	return all
}

// amongEarned picks those that are used from a series of earned.
func (o *observed) amongEarned(earned []float64) []float64 {
	var all []float64
	for _, p := range o.used {
		all = append(all, earned[p.index-o.first])
	}
	return all
}

// asPaid is the kind of prices that published payments are in: cash, where the
// programme tells cash from constant prices.
func asPaid(v *scenario.Version) contract.Prices {
	if v.Programme.Inflation == 0 {
		return contract.Constant
	}
	return contract.Cash
}

// projected is the central projection of payments in the used quarters, in £ as paid.
func (o *observed) projected(v *scenario.Version) ([]float64, error) {
	projection, err := montecarlo.Central(v, asPaid(v))
	if err != nil {
		return nil, err
	}
	total := make([]float64, len(projection.Quarters))
	for p := range projection.Ledger.Payers {
		for c := range projection.Ledger.Shape.Commissioners {
			for q, pence := range projection.Ledger.PaymentsOf(p, c) {
				total[q] += float64(pence) / 100
			}
		}
	}
	return o.modelled(total), nil
}
