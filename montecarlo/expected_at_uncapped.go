package montecarlo

import (
	"errors"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Where caps alone keep a figure from being linear in weeks, its expectation is that of the
// same figure without caps, which is exact, and of what the caps change, which is lived: a
// control variate whose mean is known. Where no cap is reached that is 0 in every life, so
// that the estimate has hardly any error.

// uncapped prices counts as the contract would without caps. The zero value belongs to no
// setting yet.
type uncapped struct {
	pricer       *contract.Pricer
	replications *contract.Ledger
	expectation  *contract.Ledger
	row          []float64
	expected     []float64 // by key: the expectation without caps
}

// withoutCaps are terms without any cap, which pay in proportion to the units.
func withoutCaps(t contract.Terms) contract.Terms {
	t.Cap, t.YearCaps = decimal.NullDecimal{}, nil
	t.Metrics, t.Payers = slices.Clone(t.Metrics), slices.Clone(t.Payers)
	for i := range t.Metrics {
		t.Metrics[i].Cap = contract.MetricCap{}
	}
	for i := range t.Payers {
		t.Payers[i].Cap = decimal.NullDecimal{}
	}
	return t
}

// capsAlone reports whether nothing but caps keeps a total from having an exact expectation.
func (r *runner) capsAlone(c column) bool {
	p := r.version.Programme
	return p.Capacity.None() && c.Unit == Pounds && !c.NeedsDelivery() && !bent(&p.Contract)
}

// bent reports whether some tariff is not in proportion to the units.
func bent(t *contract.Terms) bool {
	return slices.ContainsFunc(t.Metrics, func(m contract.Metric) bool { return !m.Tariff.Linear() })
}

// alike refuses a choice of alternatives under which figures have no exact expectation that
// have one under the version.
func (r *runner) alike(p *model.Programme) error {
	v := r.version.Programme
	if linear(&v.Contract) && !linear(&p.Contract) || !bent(&v.Contract) && bent(&p.Contract) || v.Capacity.None() && !p.Capacity.None() {
		return errors.New("an alternative has a cap, tiers or a capacity that the version has not: compare them as versions instead")
	}
	return nil
}

// redraw takes the prices of a draw. One pricer serves all draws of a choice whose prices do
// not differ.
func (u *uncapped) redraw(at *setting, drawn scenario.Drawn) error {
	p := withContract(at.programme, withoutCaps(at.programme.Contract))
	var err error
	switch {
	case u.pricer == nil || drawn.Contract || drawn.Whole:
		if u.pricer, err = p.Pricer(at.prices, nil); err != nil {
			return err
		}
		u.replications, u.expectation = u.pricer.NewLedger(), u.pricer.NewLedger()
	case drawn.Care:
		if err := p.SetCare(u.pricer); err != nil {
			return err
		}
	}
	avoided, err := at.expected.Avoided(at.programme, u.pricer)
	if err != nil {
		return err
	}
	return u.pricer.SetAvoided(avoided)
}

func withContract(p *model.Programme, terms contract.Terms) *model.Programme {
	q := *p
	q.Contract = terms
	return &q
}

// price fills a row with the figures of counts without caps.
func price[N contract.Number](u *uncapped, at *setting, counts *contract.Counts[N], ledger *contract.Ledger) {
	contract.Price(u.pricer, counts, ledger)
	at.figures.withoutCapital = true
	at.figures.values = u.row[:0:len(u.row)]
	fill(at.sheet, counts, ledger, at.figures)
	at.figures.withoutCapital = false
}
