package scenario

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// rate is one rate of moving as it was written.
type rate struct {
	form  form
	p     float64             // weekly probability; within weeks for that form
	weeks int                 // for that form
	exact decimal.NullDecimal // the weekly probability, where it was written as such
	times float64             // what the weekly probability is multiplied by, for that form
}

type form int

const (
	unread  form = iota
	weekly       // by itself a weekly probability to that destination
	leaving      // a weekly probability of leaving for any destination
	within       // a share of all, within some weeks
)

// alone is the weekly probability of a rate that is the only one out of a
// state.
func (r rate) alone(c cursor) float64 {
	if r.form != within {
		return r.p
	}
	p, err := markov.WithinCycles(r.weeks, r.p)
	if err != nil {
		c.fault("nobody is left after %d weeks: some must stay, because no constant rate empties a state", r.weeks)
		return 0
	}
	return c.chance(p[0] * r.times)
}

// part is a share of the weekly probability of a rate that is the only one out
// of a state.
func (r rate) part(share decimal.Decimal, c cursor) float64 {
	if r.exact.Valid {
		return r.exact.Decimal.Mul(share).InexactFloat64()
	}
	return share.InexactFloat64() * r.alone(c)
}

// rate reads a rate in any of its forms.
func (c cursor) rate() rate {
	var r rate
	switch {
	case !c.given():
		return r
	case c.n.kind == scalar:
		p := c.share(aWeeklyChance)
		r = rate{form: weekly, p: p.InexactFloat64(), exact: decimal.NewNullDecimal(p)}
	case c.isBlock("within"), c.isBlock("probability"):
		r = c.fields("within", "probability", rateTimes).withinRate()
	case c.isBlock("annual rate"):
		r = c.fields("annual rate", rateTimes).annualRate()
	case c.isBlock("mean stay"):
		r = c.fields("mean stay", rateTimes).meanStay()
	case c.isBlock("still there"), c.isBlock("at"):
		r = c.fields("still there", "at", rateTimes).stillThere()
	default:
		c.fault("%s is not a rate: write a weekly probability such as 0.002 or 0.2%%, or one of {within: 52 weeks, probability: 20%%}, {annual rate: 0.3}, {mean stay: 40 weeks}, {still there: 60%%, at: 52 weeks}", c.kind())
	}
	if !c.sound() {
		return rate{}
	}
	return r
}

func (f fields) withinRate() rate {
	weeks := f.need("within", someWeeks)
	r := rate{form: within, weeks: weeks.weeks(), p: f.need("probability", aChance).probability(aChance), times: f.factor()}
	r.weeks = weeks.oneOrMore(r.weeks)
	return r
}

func (f fields) annualRate() rate {
	annual := value(f.may("annual rate"), aRate, parseRate)
	p, _ := markov.AnnualRate(annual.InexactFloat64(), markov.WeeksPerYear) // 0, and its error, only after a fault
	return rate{form: weekly, p: f.chance(p * f.factor())}
}

func (f fields) meanStay() rate {
	stay := value(f.may("mean stay"), aMeanStay, parseMeanStay)
	p, _ := markov.MeanStay(stay.InexactFloat64()) // 0, and its error, only after a fault
	return rate{form: leaving, p: f.chance(p * f.factor())}
}

func (f fields) stillThere() rate {
	at := f.need("at", someWeeks)
	weeks := at.oneOrMore(at.weeks())
	still := f.need("still there", aShare)
	share := still.probability(aShare)
	p, err := markov.StillThere(weeks, share)
	if err != nil && still.sound() {
		still.fault("nobody is still there: write a share above 0, as no steady rate empties a state")
	}
	return rate{form: leaving, p: f.chance(p * f.factor())}
}

// oneOrMore refuses 0 weeks; what it returns can be divided by.
func (c cursor) oneOrMore(weeks int) int {
	if weeks == 0 && c.sound() {
		c.fault("0 weeks is too short: write 1 week or more")
	}
	return max(1, weeks)
}
