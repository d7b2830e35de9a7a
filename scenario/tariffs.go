package scenario

import "github.com/edgeofcare/edgeofcare/model/contract"

// tiers reads the prices of a unit by the rate of the cohort. That they come in order
// is the contract's rule.
func (c cursor) tiers() []contract.Tier {
	var tiers []contract.Tier
	for _, item := range c.list() {
		f := item.fields("from", "amount")
		tiers = append(tiers, contract.Tier{From: f.need("from", aShare).share(aShare), Amount: f.need("amount", anAmount).amount()})
	}
	if c.sound() && len(tiers) == 0 {
		c.fault("the list is empty: write the tiers from the highest rate down, as [{from: 65%%, amount: 60000}, {from: 55%%, amount: 40000}]")
	}
	return tiers
}

// The words for what units are counted over until another price holds.
const (
	inAll    = "in all"
	eachYear = "each year"
)

// beyond reads the price of a unit beyond a number of them.
func (c cursor) beyond() *contract.Beyond {
	if !c.given() || c.is("none") {
		return nil
	}
	f := c.fields("units", "amount", "counted")
	counted := f.may("counted")
	if counted.given() && !counted.is(inAll) && !counted.is(eachYear) {
		counted.fault("%s is not what units are counted over: write %s, or %s from 1 April to 31 March", quote(counted.n.text), inAll, eachYear)
	}
	return &contract.Beyond{
		Units: f.need("units", aCount).count(), Amount: f.need("amount", anAmount).amount(), Yearly: counted.is(eachYear),
	}
}
