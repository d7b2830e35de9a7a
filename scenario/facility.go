package scenario

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
)

// mostInvestors is how many investors a file may have.
const mostInvestors = 50

// facility reads the capital that pays for delivery until outcomes are paid
// for; nil if the file does not say.
func (d *decoder) facility(c cursor) *model.Facility {
	if !c.given() {
		return nil
	}
	f := c.fields("investors", "draw", "tranches", "draws until", "recycling", "shortfall repaid", "interest", "preferred return", "reserve", "repay from", "hurdle", "indexation")
	capital := &model.Facility{
		DrawsUntil:      f.may("draws until").capitalDay(),
		Interest:        f.may("interest").realOrNominal(),
		PreferredReturn: f.may("preferred return").realOrNominal(),
		Reserve:         f.may("reserve").amount(),
		Indexation:      f.may("indexation").indexation(),
		RepayFrom:       f.may("repay from").capitalDay(),
		Hurdle:          f.may("hurdle").realOrNominal(),
	}
	capital.Investors = f.may("investors").investors()
	if draw := f.may("draw"); draw.given() {
		draw.unmarshal(&capital.Drawing, want{what: "as needed or on schedule"})
	}
	capital.Tranches = f.may("tranches").tranches()
	if recycling := f.may("recycling"); recycling.given() {
		capital.NoRecycling = !recycling.yesNo()
	}
	if order := f.may("shortfall repaid"); order.given() {
		switch {
		case order.is("after investors"):
			capital.ShortfallLast = true
		case !order.is("before investors"):
			order.fault("%s is not a place in the order of repayment: write before investors or after investors", quote(order.n.text))
		}
	}
	return capital
}

// investors reads who commits capital.
func (c cursor) investors() []model.Investor {
	var investors []model.Investor
	total, form := decimal.Zero, sumForm{}
	for _, n := range c.defined("investors", mostInvestors) {
		investor := n.investor(&form)
		total = total.Add(investor.Residual)
		investors = append(investors, investor)
	}
	if c.sound() && !total.IsZero() && !total.Equal(one) {
		c.warn("the shares of the surplus add up to %s, or remove all of them", form.of(total))
		c.d.told[c.path] = true
	}
	return investors
}

// investor reads a commitment, or a block with one. The form is that of the
// shares of the surplus.
func (n named) investor(form *sumForm) model.Investor {
	if !n.given() || n.n.kind != block {
		return model.Investor{Name: n.name, Commitment: n.amount()}
	}
	f := n.fields("commitment", "rank", "provider", "surplus")
	rank, surplus := f.may("rank"), f.may("surplus")
	form.see(surplus)
	investor := model.Investor{
		Name:       n.name,
		Commitment: f.need("commitment", anAmount).amount(),
		Rank:       rank.count(),
		Provider:   f.may("provider").yesNo(),
		Residual:   surplus.share(aShare),
	}
	if rank.sound() && investor.Rank == 0 {
		rank.fault("ranks are counted from 1, which is repaid first: write 1 or more")
	}
	return investor
}

// tranches reads when parts of the commitments can be drawn.
func (c cursor) tranches() []model.Tranche {
	var tranches []model.Tranche
	total, form := decimal.Zero, sumForm{}
	for _, item := range c.list() {
		f := item.fields("on", "share")
		share := f.need("share", want{"the share of every commitment", "60% or 0.6"})
		form.see(share)
		tranche := model.Tranche{
			On:    f.need("on", want{"the day from which it can be drawn", aDate.example}).capitalDay(),
			Share: share.share(aShare),
		}
		total = total.Add(tranche.Share)
		tranches = append(tranches, tranche)
	}
	if c.sound() && len(tranches) > 0 && !total.Equal(one) {
		c.warn("the shares add up to %s", form.of(total))
		c.d.told[c.path] = true
	}
	return tranches
}
