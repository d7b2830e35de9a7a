package scenario

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The words for whether the delivery fee counts towards the contract cap.
const (
	countsTowards = "counts"
	isOutside     = "is outside"
)

// deliveryFee reads what is paid each month beside outcomes. Councils share it as they
// do referrals, unless it says otherwise.
func (d *decoder) deliveryFee(c cursor) *contract.DeliveryFee {
	if !c.given() || c.is("none") {
		return nil
	}
	f := c.fields("per month", "from", "to", "contract cap", "indexation", "shares")
	fee := &contract.DeliveryFee{
		PerMonth: f.need("per month", anAmount).amount(), Indexation: f.may("indexation").indexation(),
		From: d.p.Start, To: d.end, Shares: map[string]decimal.Decimal{},
	}
	if from := f.may("from"); from.given() {
		fee.From = from.date()
		from.during(fee.From, 0)
	}
	if to := f.may("to"); to.given() {
		fee.To = to.date()
		to.during(fee.To, 0)
	}
	within := f.need("contract cap", sentence(countsTowards+" or "+isOutside+", which says whether it counts towards the contract cap"))
	if within.given() && !within.is(countsTowards) && !within.is(isOutside) {
		within.fault("%s does not say whether the fee counts towards the contract cap: write %s or %s", quote(within.n.text), countsTowards, isOutside)
	}
	fee.InCap = within.is(countsTowards)
	shares := f.may("shares")
	for _, n := range shares.named("commissioners", mostCommissioners) {
		n.isOne(d.commissioners)
		fee.Shares[n.name] = n.share(aShare)
	}
	if !shares.given() {
		for _, council := range d.p.Commissioners {
			fee.Shares[council.Name] = decimal.NewFromFloat(council.ReferralShare)
		}
	}
	return fee
}
