package scenario

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// mostInvestors is how many investors a file may have.
const mostInvestors = 50

// facility reads the capital that pays for delivery until outcomes are paid
// for; nil if the file does not say.
func (d *decoder) facility(c cursor) *model.Facility {
	if !c.given() {
		return nil
	}
	f := c.fields(slices.Concat([]string{"investors", "draw", "draw order", "tranches", "draws until", "recycling", "shortfall repaid", "reserve", "reserve funded", "repay from", "covenants", "hurdle", "indexation"}, termsFields)...)
	capital := &model.Facility{
		DrawsUntil: f.may("draws until").capitalDay(),
		Reserve:    f.may("reserve").amount(),
		Indexation: f.may("indexation").indexation(),
		RepayFrom:  f.may("repay from").capitalDay(),
		Hurdle:     f.may("hurdle").realOrNominal(),
	}
	f.terms(&capital.Terms)
	capital.Investors = f.may("investors").investors(capital.Terms)
	if draw := f.may("draw"); draw.given() {
		draw.unmarshal(&capital.Drawing, want{what: "as needed or on schedule"})
	}
	if order := f.may("draw order"); order.given() {
		order.unmarshal(&capital.DrawOrder, want{what: "pro rata, first loss first or by tranche"})
	}
	capital.ReserveDrawn = f.may("reserve funded").either("at close", "from receipts")
	capital.Covenants = f.may("covenants").covenants()
	capital.Tranches = f.may("tranches").tranches()
	if recycling := f.may("recycling"); recycling.given() {
		capital.NoRecycling = !recycling.yesNo()
	}
	capital.ShortfallLast = f.may("shortfall repaid").either("after investors", "before investors")
	return capital
}

// either reads which of two words is written, and reports whether it is the first;
// nothing stands for the second.
func (c cursor) either(yes, no string) bool {
	if !c.given() || c.is(no) {
		return false
	}
	if !c.is(yes) {
		c.fault("%s is not one of the words for it: write %s or %s", quote(c.n.text), no, yes)
		return false
	}
	return true
}

// termsFields are what capital earns and when it comes back.
var termsFields = []string{"interest", "interest paid", "preferred return", "commitment fee", "repaid on", "revolving"}

// terms reads what is stated of that, and leaves the rest as it is.
func (f fields) terms(terms *model.Terms) {
	if rate := f.may("interest"); rate.given() {
		terms.Interest, terms.InterestByRate = model.Rate{}, nil
		if rate.n.inner().kind == block {
			terms.InterestByRate = rate.interestByRate()
		} else {
			terms.Interest = rate.realOrNominal()
		}
	}
	if paid := f.may("interest paid"); paid.given() {
		terms.RolledUp = paid.either("rolled up", "each quarter")
	}
	if rate := f.may("preferred return"); rate.given() {
		terms.PreferredReturn = rate.realOrNominal()
	}
	if rate := f.may("commitment fee"); rate.given() {
		terms.CommitmentFee = rate.realOrNominal()
	}
	if on := f.may("repaid on"); on.given() {
		terms.RepaidOn = calendar.Date{}
		if !on.is("none") {
			terms.RepaidOn = on.capitalDay()
		}
	}
	if revolving := f.may("revolving"); revolving.given() {
		terms.Revolving = revolving.yesNo()
	}
}

// investors reads who commits capital, on the facility's terms unless they have
// their own.
func (c cursor) investors(facility model.Terms) []model.Investor {
	var investors []model.Investor
	total, form := decimal.Zero, sumForm{}
	for _, n := range c.defined("investors", mostInvestors) {
		investor := n.investor(facility, &form)
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
func (n named) investor(facility model.Terms, form *sumForm) model.Investor {
	if !n.given() || n.n.kind != block {
		return model.Investor{Name: n.name, Commitment: n.amount()}
	}
	f := n.fields(slices.Concat([]string{"commitment", "rank", "provider", "surplus", "grant", "tranches", "guarantee"}, termsFields)...)
	rank, surplus := f.may("rank"), f.may("surplus")
	form.see(surplus)
	investor := model.Investor{
		Name:       n.name,
		Commitment: f.need("commitment", anAmount).amount(),
		Rank:       rank.count(),
		Provider:   f.may("provider").yesNo(),
		Residual:   surplus.share(aShare),
		Terms:      f.ownTerms(facility),
		Tranches:   f.may("tranches").tranches(),
		Guarantee:  f.may("guarantee").guarantee(),
	}
	if rank.sound() && investor.Rank == 0 {
		rank.fault("ranks are counted from 1, which is repaid first: write 1 or more")
	}
	return investor
}

// ownTerms are the terms of an investor; nil where it states none and has the
// facility's.
func (f fields) ownTerms(facility model.Terms) *model.Terms {
	grant := f.may("grant").yesNo()
	own := grant
	for _, name := range termsFields {
		own = own || f.may(name).given()
	}
	if !own {
		return nil
	}
	terms := facility
	if grant { // which has none of the facility's terms
		terms = model.Terms{Grant: true}
	}
	f.terms(&terms)
	return &terms
}

// interestByRate reads interest that depends on the result.
func (c cursor) interestByRate() *model.InterestByRate {
	f := c.fields("metric", "tiers", "at least", "until")
	by := &model.InterestByRate{
		Metric:  f.need("metric", want{"the metric that looks at its cohort on a date", "restored"}).text(),
		AtLeast: f.may("at least").realOrNominal(), Until: f.may("until").capitalDay(),
	}
	for _, item := range f.need("tiers", want{"the tiers from the highest rate down", "[{from: 65%, interest: 12%}, {from: 55%, interest: 3%}]"}).list() {
		of := item.fields("from", "interest")
		by.Tiers = append(by.Tiers, model.InterestTier{From: of.need("from", aShare).share(aShare), Interest: of.need("interest", aReturn).realOrNominal()})
	}
	return by
}

// guarantee reads what somebody has promised to an investor; nil for nothing.
func (c cursor) guarantee() *model.Guarantee {
	if !c.given() {
		return nil
	}
	f := c.fields("by", "share", "on")
	return &model.Guarantee{
		By:    f.need("by", want{"who promises it", "New South Wales"}).text(),
		Share: f.need("share", want{"the share of the capital", "75% or 0.75"}).share(aShare),
		On:    f.may("on").capitalDay(),
	}
}

// mostCovenants is how many covenants a file may have.
const mostCovenants = 50

// covenants reads tests of the facility and what follows if they fail.
func (c cursor) covenants() (all []model.Covenant) {
	for _, n := range c.defined("covenants", mostCovenants) {
		f := n.fields("receipts below", "on", "drawn above", "then", "steps in")
		one := model.Covenant{
			Name: n.name, On: f.may("on").capitalDay(),
			ReceiptsBelow: f.may("receipts below").maybeAmount(), DrawnAbove: f.may("drawn above").maybeAmount(),
			StepsIn: f.may("steps in").text(),
		}
		f.need("then", want{"what follows", "stop drawing, sweep or step in"}).unmarshal(&one.Then, want{what: "stop drawing, sweep or step in"})
		all = append(all, one)
	}
	return all
}

// maybeAmount reads an amount that may be left out.
func (c cursor) maybeAmount() decimal.NullDecimal {
	if !c.given() {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(c.amount())
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
