package warn

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

// mostYearly is the yearly rate, up or down, beyond which a slip is likelier: 25%
// for 2.5%, or a rate for several years.
const mostYearly = 0.2

// yearlyRates warns of inflation, growth and discounting beyond a fifth a year, once
// for each setting.
func (v *version) yearlyRates() {
	p := v.p
	v.yearly("inflation", p.Inflation)
	v.yearly("discount rate", p.DiscountRate.Yearly)
	v.indexed("contract cap", p.Contract.CapIndexation)
	for _, m := range p.Contract.Metrics {
		v.indexed("metrics."+m.Name+".tariff", m.Tariff.Indexation)
		v.indexed("metrics."+m.Name+".cap", m.Cap.Indexation)
	}
	for _, c := range p.Contract.YearCaps {
		v.indexed("year caps", c.Indexation)
	}
	for _, g := range p.Contract.Grants {
		v.indexed("grants."+g.Quarter.String(), g.Indexation)
	}
	for _, payer := range p.Contract.Payers {
		v.indexed("payers."+payer.Name+".cap", payer.CapIndexation)
	}
	for _, u := range p.UnitCosts {
		v.yearly("unit costs."+u.State+".growth", u.Growth.InexactFloat64())
		v.indexed("unit costs."+u.State, u.Indexation)
	}
	for _, t := range p.SavingsTargets {
		v.indexed("savings targets", t.Indexation)
	}
	for _, a := range p.Affordability {
		v.indexed("affordability", a.Indexation)
	}
	v.ratesOfDelivery(p)
}

// ratesOfDelivery is yearlyRates for the costs and the capital.
func (v *version) ratesOfDelivery(p *model.Programme) {
	if d := p.Delivery; d != nil {
		v.yearly("delivery.uplift", d.Uplift)
		v.indexed("delivery", d.Indexation)
	}
	if f := p.Facility; f != nil {
		v.indexed("facility", f.Indexation)
	}
}

// indexed is yearly for the indexation of an amount, if it has one of its own.
func (v *version) indexed(path string, rate decimal.NullDecimal) {
	if rate.Valid {
		v.yearly(path+".indexation", rate.Decimal.InexactFloat64())
	}
}

// yearly warns of one rate. A setting may hold in several years or for several
// councils, and is named once.
func (v *version) yearly(path string, rate float64) {
	if math.Abs(rate) <= mostYearly {
		return
	}
	for _, w := range v.found {
		if w.Kind == yearlyRate && w.Path == path {
			return
		}
	}
	in5 := 100 * math.Pow(1+rate, 5)
	comes := "what is £100 now is " + words.Pounds(in5) + " after five years"
	if path == "discount rate" {
		comes = "£100 in five years counts as " + words.Pounds(1e4/in5) + " today"
	}
	v.warn(yearlyRate, path, 0, "%s: %s a year, at which %s. Look whether the decimal point is right, and whether the rate is for one year", path, words.Rate(rate), comes)
}

// yearlyRate is the kind of these warnings.
const yearlyRate = "yearly rate"
