package model

import (
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/internal/missing"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// CheckFacility checks the facility of a programme alone, as [Programme.Validate]
// does with everything else: for a fund of several programmes, which has no children of
// its own. The error joins every fault, each a *Fault.
func (p *Programme) CheckFacility() error {
	v := &validation{p: p}
	v.facility()
	return errors.Join(v.faults...)
}

// facility records what is wrong with the capital.
func (v *validation) facility() {
	f := v.p.Facility
	if f == nil {
		return
	}
	const path = "facility."
	v.need(v.p.Delivery != nil, "facility", "the programme has no delivery terms, so there is nothing for capital to pay: add delivery, or leave the facility out")
	v.investors(f)
	v.need(enum.Valid(f.Drawing, drawingNames), path+"draw", "%s is not a way to draw: it must be one of %s", enum.Name(f.Drawing, drawingNames), list(drawingNames))
	v.need(enum.Valid(f.DrawOrder, drawOrderNames), path+"draw order", "%s is not an order of drawing: it must be one of %s", enum.Name(f.DrawOrder, drawOrderNames), list(drawOrderNames))
	v.need(f.Drawing != OnSchedule || f.DrawOrder == ProRata, path+"draw order", "money is drawn on schedule, each tranche in full on its day, so there is no order: leave it out")
	v.tranches(path+"tranches", f.Tranches)
	v.need(f.Drawing != OnSchedule || f.allScheduled(), path+"tranches", "there are none, and money is drawn on schedule: write on which days")
	v.need(len(f.Investors) > 0 || len(f.Tranches) == 0, path+"tranches", "there are no commitments of which these could be shares")
	v.indexation(path+"indexation", f.Indexation)
	v.terms(path, f.Terms)
	v.need(!f.Grant, path+"grant", "no investor is named whose capital it is: write it under an investor")
	v.yearly(path+"hurdle", f.Hurdle)
	v.amount(path+"reserve", f.Reserve)
	v.need(!f.ReserveDrawn || f.Drawing == AsNeeded, path+"reserve funded", "money is drawn on schedule, so the reserve is part of the tranches: leave it out")
	v.need(!f.ReserveDrawn || f.Reserve.IsPositive(), path+"reserve funded", "there is no reserve: say how much it is")
	v.covenants(f)
}

// allScheduled reports whether every investor has days on which to draw.
func (f *Facility) allScheduled() bool {
	for _, i := range f.Investors {
		if len(i.Tranches) == 0 && len(f.Tranches) == 0 && i.Commitment.IsPositive() {
			return false
		}
	}
	return len(f.Investors) > 0
}

// investors records what is wrong with those who provide the capital.
func (v *validation) investors(f *Facility) {
	const path = "facility.investors"
	var names []string
	var residual decimal.Decimal
	providers, grants := 0, 0
	for _, i := range f.Investors {
		names = append(names, i.Name)
		at := path + "." + i.Name
		v.amount(at+".commitment", i.Commitment)
		v.need(i.Rank >= 0 && i.Rank <= 100, at+".rank", "%d: it must be from 1 to 100", i.Rank)
		v.need(!i.Residual.IsNegative(), at+".surplus", "%s: it must be 0 or more", i.Residual)
		residual = residual.Add(i.Residual)
		v.tranches(at+".tranches", i.Tranches)
		if i.Terms != nil {
			v.terms(at+".", *i.Terms)
			v.need(!i.Terms.Grant || i.Residual.IsZero(), at+".surplus", "it is a grant, which is never repaid: it has no share of the surplus")
			v.need(!i.Terms.Grant || i.Guarantee == nil, at+".guarantee", "it is a grant, which is never repaid: there is nothing to guarantee")
		}
		v.guarantee(at+".guarantee", i)
		if i.Provider {
			providers++
		}
		if f.TermsOf(i).Grant {
			grants++
		}
	}
	v.names(path, names)
	v.need(grants == 0 || grants < len(f.Investors), path, "all of them give grants, so that there is nobody to whom a surplus could go: name somebody else, with a commitment of 0 if need be")
	v.need(providers < 2, path, "%d of them are the provider, who has to find the money for a shortfall: name one", providers)
	v.need(residual.IsZero() || residual.Equal(decimal.New(1, 0)), path, "the shares of the surplus add up to %s: they must add up to 1, or all be left out", residual)
}

// terms records what is wrong with what capital earns and when it comes back.
func (v *validation) terms(path string, t Terms) {
	v.earned(path+"interest", t.Interest)
	v.earned(path+"preferred return", t.PreferredReturn)
	v.yearly(path+"commitment fee", t.CommitmentFee)
	v.need(!t.Grant || !t.bears() && t.RepaidOn.IsZero() && !t.Revolving, path+"grant",
		"a grant is never repaid and earns nothing: leave out interest, preferred return, commitment fee, repaid on and revolving")
	v.interestByRate(path+"interest", t)
	v.paidBy(path+"repaid on", t.RepaidOn)
	from := v.p.Facility.RepayFrom
	v.need(t.RepaidOn.IsZero() || !t.RepaidOn.Before(from), path+"repaid on", "%s is before %s, from when on investors are repaid", t.RepaidOn, from)
	v.need(!t.Revolving || v.p.Facility.Drawing == AsNeeded, path+"revolving", "money is drawn on schedule, each tranche in full on its day, so nothing can be drawn again: leave it out")
}

// interestByRate records what is wrong with interest that depends on the result.
func (v *validation) interestByRate(path string, t Terms) {
	by := t.InterestByRate
	if by == nil {
		return
	}
	v.need(t.Interest.Yearly == 0, path, "there is one rate of interest, or tiers of it: remove one of the two")
	measured := slices.ContainsFunc(v.p.Contract.Metrics, func(m contract.Metric) bool {
		return m.Name == by.Metric && !missing.From(m.Trigger) && !m.Trigger.Definition().On.IsZero()
	})
	v.need(measured, path+".metric", "%q is not a metric that looks at its cohort on a date: name one with the trigger {status on a date: …}", by.Metric)
	v.need(len(by.Tiers) > 0, path+".tiers", "there are none: write them from the highest rate down")
	for i, tier := range by.Tiers {
		at := fmt.Sprintf("%s.tiers.%d", path, i+1)
		v.need(!tier.From.IsNegative() && tier.From.LessThanOrEqual(decimal.New(1, 0)), at+".from", "%s is not a share from 0 to 1", tier.From)
		v.need(i == 0 || tier.From.LessThan(by.Tiers[i-1].From), at+".from", "%s is not below the tier before it: list the tiers from the highest rate down, each once", tier.From)
		v.earned(at+".interest", tier.Interest)
	}
	v.earned(path+".at least", by.AtLeast)
	v.need((by.AtLeast.Yearly > 0) == !by.Until.IsZero(), path+".until", "the least interest has a last day, and no other interest has: write both, or none")
	v.paidBy(path+".until", by.Until)
}

// earned records a rate on capital that is none, or is nominal and below inflation
// where capital keeps its value: it would have to shrink.
func (v *validation) earned(path string, rate Rate) {
	v.yearly(path, rate)
	p := v.p
	keeps := !p.Facility.Indexation.Valid && p.Contract.FixedIn() == contract.Constant && (p.Delivery == nil || !p.Delivery.Indexation.Valid)
	v.need(!rate.Nominal || rate.Yearly >= p.Inflation || !keeps, path,
		"it is nominal and below inflation of %s a year, while capital keeps its value: write indexation: 0%% under facility, so that commitments are in cash, or give the rate above inflation, as in 0%% real", words.Rate(p.Inflation))
}

// yearly records a rate that is no yearly rate.
func (v *validation) yearly(path string, rate Rate) {
	v.need(rate.Yearly >= 0 && rate.Yearly <= 1, path, "%v is not a yearly rate from 0 to 100%%", rate.Yearly)
	v.nominal(path, rate)
}

// tranches records what is wrong with the days from which parts can be drawn.
func (v *validation) tranches(path string, tranches []Tranche) {
	var drawn decimal.Decimal
	for i, t := range tranches {
		at := fmt.Sprintf("%s.%d", path, i+1)
		v.need(t.Share.IsPositive(), at+".share", "%s: it must be above 0", t.Share)
		v.need(!t.On.IsZero(), at+".on", "the day is missing")
		v.need(i == 0 || t.On.After(tranches[i-1].On), at+".on", "%s is not after the tranche before it: write them in order", t.On)
		drawn = drawn.Add(t.Share)
	}
	v.need(len(tranches) == 0 || drawn.Equal(decimal.New(1, 0)), path, "their shares add up to %s: they must add up to 1", drawn)
}

// guarantee records what is wrong with a promise to an investor.
func (v *validation) guarantee(path string, i Investor) {
	g := i.Guarantee
	if g == nil {
		return
	}
	v.need(g.By != "", path+".by", "the name of who promises is missing")
	v.need(g.By != i.Name, path+".by", "%s cannot guarantee its own capital: name somebody else", i.Name)
	v.need(g.Share.IsPositive() && g.Share.LessThanOrEqual(decimal.New(1, 0)), path+".share", "%s: it must be above 0 and at most 1", g.Share)
	v.paidBy(path+".on", g.On)
}

// covenants records what is wrong with tests and their consequences.
func (v *validation) covenants(f *Facility) {
	const path = "facility.covenants"
	var names []string
	for _, c := range f.Covenants {
		names = append(names, c.Name)
		at := path + "." + c.Name
		v.need(c.ReceiptsBelow.Valid != c.DrawnAbove.Valid, at, "it needs one test: receipts below an amount on a day, or drawn above an amount")
		v.amount(at+".receipts below", c.ReceiptsBelow.Decimal)
		v.amount(at+".drawn above", c.DrawnAbove.Decimal)
		v.need(c.ReceiptsBelow.Valid == !c.On.IsZero(), at+".on", "a test of receipts has the day by which they are due, and no other test has")
		v.paidBy(at+".on", c.On)
		v.need(enum.Valid(c.Then, consequenceNames), at+".then", "%s is not a consequence: it must be one of %s", enum.Name(c.Then, consequenceNames), list(consequenceNames))
		v.need((c.Then == StepIn) == (c.StepsIn != ""), at+".steps in", "who steps in is named where the consequence is step in, and nowhere else")
	}
	v.names(path, names)
}

// paidBy records a day that is stated and is not among those on which outcomes can
// have been paid for.
func (v *validation) paidBy(path string, on calendar.Date) {
	if on.IsZero() || v.p.Delivery == nil || v.p.Calendar().Quarters() == 0 {
		return
	}
	last := v.p.Calendar().Last(v.p.Weeks - 1).Quarter().Last().AddDays(v.p.Delivery.ClaimsPaidAfter)
	v.need(on.After(v.p.Start) && !on.After(last), path, "%s is not a day on which there can be receipts: it must be after %s and not after %s, when the last claim is paid", on, v.p.Start, last)
}
