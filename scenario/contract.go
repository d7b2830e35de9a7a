package scenario

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// contract reads what is paid for, at what price, up to what caps, and by whom.
func (d *decoder) contract(top fields) {
	metrics := top.need("metrics", sentence("a block with a name for each paid outcome"))
	for _, n := range metrics.defined("metrics", mostMetrics) {
		d.p.Contract.Metrics = append(d.p.Contract.Metrics, d.metric(n))
	}
	d.p.Contract.Cap, d.p.Contract.CapIndexation = top.may("contract cap").indexedLimit()
	d.p.Contract.YearCaps = top.may("year caps").yearCaps()
	d.p.Contract.Grants = top.may("grants").grants()
	d.p.Contract.Fee = d.deliveryFee(top.may("delivery fee"))
	payers := top.need("payers", sentence("each payer's name and its share of claims"))
	listed := payers.defined("payers", mostPayers)
	fixed := slices.ContainsFunc(listed, d.paysOfAll)
	for _, n := range listed {
		d.p.Contract.Payers = append(d.p.Contract.Payers, d.payer(n, fixed))
	}
}

// yearCaps reads the most that is paid in a financial year.
func (c cursor) yearCaps() []contract.YearCap {
	if !c.given() || c.is("none") {
		return nil
	}
	var caps []contract.YearCap
	for _, n := range c.named("financial years", mostTexts) {
		var limit contract.YearCap
		limit.Amount, limit.Indexation = n.indexedAmount()
		if n.name != everyYear {
			limit.Year = n.capYear()
			if limit.Year.IsZero() {
				continue
			}
		}
		caps = append(caps, limit)
	}
	return caps
}

// everyYear is the name for each financial year that has no cap of its own.
const everyYear = "every year"

// capYear reads the name of an entry as a financial year of the programme.
func (n named) capYear() calendar.FinancialYear {
	year, err := calendar.ParseFinancialYear(n.name)
	if err != nil {
		n.fault("%s, or %s", err, everyYear)
	} else if problem := n.d.outside(year); problem != "" {
		n.fault("%s", problem)
	}
	return year
}

// grants reads the amounts that are paid for whole quarters whatever was earned.
func (c cursor) grants() []contract.Grant {
	if !c.given() || c.is("none") {
		return nil
	}
	var grants []contract.Grant
	for _, n := range c.named("quarters", mostTexts) {
		amount, indexation := n.indexedAmount()
		quarter, err := calendar.ParseQuarter(n.name)
		if err != nil {
			n.fault("%s", err)
			continue
		}
		grants = append(grants, contract.Grant{Quarter: quarter, Amount: amount, Indexation: indexation})
	}
	return grants
}
