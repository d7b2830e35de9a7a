package sensitivity

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// A late start moves what waits for the first child: when referrals begin and end, the
// end of the programme, and every later date of delivery and capital. It leaves the
// first day, from which the team is in post and paid, and what follows somebody else's
// calendar: a payer's shares by date, grants of a quarter, the delivery fee, caps and limits by
// year.

// startLate is the driver, with a note of what this file has that moves and what it has
// that stays.
func (f *fitter) startLate() []Driver {
	paths := []string{"end", "cohorts.*.referrals.from", "cohorts.*.referrals.to"}
	moved := []string{"when referrals begin and end", "the end of the programme"}
	add := func(what string, dates ...datedPath) {
		had := len(paths)
		for _, d := range dates {
			if d.on.After(f.first.Start) { // what holds from the first day is there already
				paths = append(paths, d.path)
			}
		}
		if len(paths) > had {
			moved = append(moved, what)
		}
	}
	if d := f.first.Delivery; d != nil {
		add("the dates from which fixed costs change", fixedCosts(d)...)
		add("the days of fees that are paid once", fees(d)...)
	}
	if c := f.first.Facility; c != nil {
		add("the dates of tranches", tranches(c)...)
		add("the last day for drawing", datedPath{"facility.draws until", c.DrawsUntil})
		add("the first day of repayment", datedPath{"facility.repay from", c.RepayFrom})
		add("the days on which capital is due", f.repaidOn(c)...)
		add("the days of guarantees and covenants", tests(c)...)
	}
	note := fmt.Sprintf("this much later are %s; not moved are %s", words.And(moved), words.And(f.stays()))
	return []Driver{later(startLate, note, months, 30, paths...)}
}

// datedPath is a date of a file with its path.
type datedPath struct {
	path string
	on   calendar.Date // zero for none
}

func fixedCosts(d *model.Delivery) (dates []datedPath) {
	for i, amount := range d.FixedPerQuarter {
		dates = append(dates, datedPath{fmt.Sprintf("delivery.fixed per quarter.%d.from", i+1), amount.From})
	}
	return dates
}

func fees(d *model.Delivery) (dates []datedPath) {
	for _, fee := range d.Fees {
		dates = append(dates, datedPath{"delivery.fees." + fee.Name + ".on", fee.On})
	}
	return dates
}

func tranches(c *model.Facility) (dates []datedPath) {
	of := func(path string, all []model.Tranche) {
		for i, tranche := range all {
			dates = append(dates, datedPath{fmt.Sprintf("%s.tranches.%d.on", path, i+1), tranche.On})
		}
	}
	of("facility", c.Tranches)
	for _, investor := range c.Investors {
		of("facility.investors."+investor.Name, investor.Tranches)
	}
	return dates
}

// repaidOn are the days of the facility and of investors who state one of their own; the
// others have the facility's among their terms.
func (f *fitter) repaidOn(c *model.Facility) []datedPath {
	dates := []datedPath{{"facility.repaid on", c.RepaidOn}}
	for _, investor := range c.Investors {
		path := "facility.investors." + investor.Name + ".repaid on"
		if investor.Terms != nil && !investor.Terms.RepaidOn.IsZero() && f.fits(scenario.Plus(path, "0 days")) {
			dates = append(dates, datedPath{path, investor.Terms.RepaidOn})
		}
	}
	return dates
}

func tests(c *model.Facility) (dates []datedPath) {
	for _, investor := range c.Investors {
		if investor.Guarantee != nil {
			dates = append(dates, datedPath{"facility.investors." + investor.Name + ".guarantee.on", investor.Guarantee.On})
		}
	}
	for _, covenant := range c.Covenants {
		dates = append(dates, datedPath{"facility.covenants." + covenant.Name + ".on", covenant.On})
	}
	return dates
}

// stays is what a late start leaves where it is.
func (f *fitter) stays() []string {
	p := f.first
	all := []string{"the programme's first day (the team is paid from then on)"}
	add := func(has bool, what string) {
		if has {
			all = append(all, what)
		}
	}
	dated := false
	for _, payer := range p.Contract.Payers {
		dated = dated || slices.ContainsFunc(payer.Shares, func(s contract.DatedShare) bool { return !s.From.IsZero() })
	}
	paused := slices.ContainsFunc(p.Cohorts, func(c model.Cohort) bool { return len(c.Referrals.Pauses) > 0 })
	add(paused, "pauses of referrals")
	add(dated, "the dates from which payers' shares hold")
	measured := slices.ContainsFunc(p.Contract.Metrics, func(m contract.Metric) bool { return !m.Trigger.Definition().On.IsZero() })
	add(measured, "the days on which metrics are measured")
	least := p.Facility != nil && slices.ContainsFunc(p.Facility.Investors, func(i model.Investor) bool {
		by := p.Facility.TermsOf(i).InterestByRate
		return by != nil && !by.Until.IsZero()
	})
	add(least, "the last day of the least interest")
	add(len(p.Contract.Grants) > 0, "the quarters of grants")
	add(p.Contract.Fee != nil, "the days from and to which the delivery fee is paid")
	add(len(p.Contract.YearCaps) > 0 || len(p.Affordability) > 0, "the years of caps and limits")
	add(len(p.SavingsTargets) > 0, "the years of savings targets")
	add(p.Facility != nil && len(p.Facility.Tranches) > 0 && !p.Facility.Tranches[0].On.After(p.Start), "the first tranche")
	return append(all, "prices, which rise by the calendar")
}
