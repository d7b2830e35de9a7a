package finance

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// commitments turns what investors commit into limits by day. A commitment keeps
// its value, or is cash with an indexation of its own: on each 1 April what is left
// of it rises as its amount does, like what is left of a cap.
type commitments struct {
	days *days
	// factor is by day what £1 of a commitment as stated is.
	factor []decimal.Decimal
	rises  bool
}

func newCommitments(p *model.Programme, terms *model.Facility, d *days, fixed contract.Prices) (*commitments, error) {
	c := &commitments{days: d}
	const unit = 20 // decimals of a factor
	for _, day := range d.all {
		factor, err := p.PriceIndex().Amount(decimal.New(1, unit), terms.Indexation, fixed, day.FinancialYear())
		if err != nil {
			return nil, err
		}
		c.factor = append(c.factor, factor.Shift(-unit))
		c.rises = c.rises || !c.factor[0].Equal(factor.Shift(-unit))
	}
	return c, nil
}

// on is a stated amount in pence on a day.
func (c *commitments) on(pence int64, day int) int64 {
	return decimal.NewFromInt(pence).Mul(c.factor[day]).Round(0).IntPart()
}

// reserve is the cash that is kept, by day.
func (c *commitments) reserve(amount decimal.Decimal) []int64 {
	kept := make([]int64, len(c.days.all))
	for day := range kept {
		kept[day] = c.on(penceOf(amount), day)
	}
	return kept
}

// uprated is, by day, by how much commitments have risen since the day before.
func (c *commitments) uprated() []float64 {
	if !c.rises {
		return nil
	}
	factors := []float64{1}
	for day := 1; day < len(c.factor); day++ {
		factors = append(factors, c.factor[day].DivRound(c.factor[day-1], 20).InexactFloat64())
	}
	return factors
}

// investors are those that the terms name, or else one without a limit. The
// residual is shared by the shares stated, else by commitment, else equally.
func (c *commitments) investors(terms *model.Facility) (all []investor) {
	shares, commitments := false, false
	for _, i := range terms.Investors {
		shares = shares || !i.Residual.IsZero()
		commitments = commitments || penceOf(i.Commitment) > 0 && !terms.TermsOf(i).Grant
	}
	for _, i := range terms.Investors {
		commitment := penceOf(i.Commitment)
		own := terms.TermsOf(i)
		one := investor{
			name: i.Name, rank: max(1, i.Rank), revolving: own.Revolving, grant: own.Grant,
			due: c.due(own), guarantee: newGuarantee(i.Guarantee, c.days),
		}
		one.commitment, one.released = c.limits(tranchesOf(terms, i), commitment)
		switch {
		case own.Grant: // it is never repaid, and takes nothing
		case shares:
			one.residual = billionths(i.Residual)
		case commitments:
			one.residual = commitment
		default: // nobody commits anything, and yet the residual is somebody's
			one.residual = 1
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		anyone := investor{name: anyone, rank: 1, residual: 1, revolving: terms.Revolving, due: c.due(terms.Terms), guarantee: newGuarantee(nil, c.days)}
		anyone.commitment = slices.Repeat([]int64{unlimited}, len(c.days.all))
		anyone.released = anyone.commitment
		all = []investor{anyone}
	}
	return all
}

// termsOf are the terms of the investor at a place in order, or of the one that is
// there where none is named.
func (c *commitments) termsOf(terms *model.Facility, i int) model.Terms {
	if len(terms.Investors) == 0 {
		return terms.Terms
	}
	return terms.TermsOf(terms.Investors[i])
}

// due is the first day on which capital is due in one sum, after the last if it is
// swept.
func (c *commitments) due(own model.Terms) int {
	if own.RepaidOn.IsZero() {
		return len(c.days.all)
	}
	return c.days.index(own.RepaidOn)
}

// limits are a commitment and how much of it can have been drawn, by day.
func (c *commitments) limits(tranches []model.Tranche, commitment int64) (all, free []int64) {
	for i, day := range c.days.all {
		all = append(all, c.on(commitment, i))
		if len(tranches) > 0 {
			free = append(free, released(tranches, all[i], day))
		}
	}
	if len(tranches) == 0 {
		free = all
	}
	return all, free
}

// tranchesOf are the tranches of an investor: its own, or else the facility's.
func tranchesOf(terms *model.Facility, i model.Investor) []model.Tranche {
	if len(i.Tranches) > 0 {
		return i.Tranches
	}
	return terms.Tranches
}

// trancheDates are the days from which a part of any commitment can be drawn.
func trancheDates(terms *model.Facility) (on []calendar.Date) {
	for _, i := range terms.Investors {
		for _, t := range tranchesOf(terms, i) {
			on = append(on, t.On)
		}
	}
	slices.SortFunc(on, calendar.Date.Compare)
	return slices.Compact(on)
}

// released is the part of a commitment that tranches up to a day have released.
// It is rounded on the sum of shares, so that it neither falls nor exceeds the
// commitment.
func released(tranches []model.Tranche, commitment int64, day calendar.Date) int64 {
	var share decimal.Decimal
	for _, t := range tranches {
		if !t.On.After(day) {
			share = share.Add(t.Share)
		}
	}
	return portion(commitment, billionths(share), whole)
}
