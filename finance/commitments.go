package finance

import (
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
		commitments = commitments || penceOf(i.Commitment) > 0
	}
	for _, i := range terms.Investors {
		commitment := penceOf(i.Commitment)
		one := investor{name: i.Name, rank: max(1, i.Rank), limit: c.limits(terms.Tranches, commitment)}
		switch {
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
		anyone := investor{name: anyone, rank: 1, residual: 1}
		for range c.days.all {
			anyone.limit = append(anyone.limit, unlimited)
		}
		all = []investor{anyone}
	}
	return all
}

// limits is how much of a commitment can have been drawn by each day.
func (c *commitments) limits(tranches []model.Tranche, commitment int64) []int64 {
	limit := make([]int64, len(c.days.all))
	for i, day := range c.days.all {
		limit[i] = c.on(commitment, i)
		if len(tranches) > 0 {
			limit[i] = released(tranches, limit[i], day)
		}
	}
	return limit
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
