package contract

import (
	"cmp"
	"errors"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/decimals"
	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/internal/located"
)

// Pricer turns counts into a ledger under one set of terms. Quarter by quarter
// and in this order, each rule in a file of its own:
//
//  1. units × tariff, less the agreed deadweight (claim.go, tariff.go,
//     prices.go, agreed_deadweight.go); the tariff may be that of the tier of the
//     cohort's rate (cohort_rate.go, tariff_tiers.go), or another beyond a number
//     of units (tariff_beyond.go);
//  2. the caps of each metric (cap_metric.go);
//  3. a grant in place of the claims (grant.go);
//  4. the cap of the financial year (cap_year.go), then that of the contract
//     (cap_contract.go), in which a delivery fee (delivery_fee.go) may have room first;
//  5. the payers' shares (payer_split.go, or payer_fixed.go where shares are of
//     all claims);
//  6. the payers' caps (cap_payer.go, or payer_fixed.go).
//
// The cost of care (care_cost.go, unit_costs.go) and the cashable part of what
// is avoided (cashable.go) are priced beside it, and once more under independent
// lives where these are counted (independent.go).
//
// A Pricer keeps working space, so that pricing allocates nothing. Two goroutines
// must not use one Pricer at the same time: give each its own with Clone.
type Pricer struct {
	shape  *Shape
	index  PriceIndex
	in     Prices   // that the contract is worked out in
	shown  Prices   // that ledgers are in
	names  []string // of payers in the ledger
	tariff []int64  // pence by metric × commissioner × quarter
	paid   []int64  // share of units paid for, in billionths by metric
	caps   caps
	grants grants
	fees   fees
	payers payers
	care   care
	rates  []rated   // metrics that look at their cohort on one date
	beyond []*beyond // by metric; nil where all units have one price
	tiered bool      // whether any price is by tiers of a rate
	alone  bool      // whether no other pricer has the memory of care
	// cashable is the share of what is avoided that is in force, in billionths by
	// cohort: see SetAvoided.
	cashable []int64
	// newYear is by quarter whether it begins a financial year after the first.
	newYear []bool
	// toShow and careToShow are the factors by quarter that bring payments and
	// the cost of care into the prices of ledgers; nil where they are in them.
	toShow, careToShow []float64
	work               work
}

// work is the space that pricing needs, and what is left of each cap.
type work struct {
	lines       []int   // metric × commissioner, in order of their names
	metricLines [][]int // the same by metric
	byName      []int   // commissioners in order of their names
	weights     []int64
	parts       []int64
	remainders  []uint64
	paying      []int64   // by payer, where shares are of all claims
	due         []int64   // of all allowed claims, by commissioner × quarter
	total       []int64   // the same by quarter
	states      []int     // whose weeks cost something in a cell
	sums        []float64 // by quarter, of expected costs
	room        room
	// tariff is that of the pricer with the prices of tiers in it; nil without tiers.
	tariff []int64
	// units and first are by line of a metric, and upTo by metric × quarter, for
	// prices beyond a number of units.
	units, upTo []float64
	first       []int64
}

// NewPricer prepares terms for the given shape, whose metrics must be those of
// the terms in the same order, and for ledgers in one kind of prices. The error joins everything that cannot be priced:
// fractions of a penny, shares that do not add up to 1 in some quarter, names
// that the shape does not have. Each part says where it stands, in the words of
// a programme file, as in "metrics.M1.tariff: …"; see model.Fault.
func NewPricer(t Terms, c Care, s *Shape, index PriceIndex, prices Prices) (*Pricer, error) {
	if s == nil {
		return nil, errors.New("there is no shape of the counts to price: give that of the programme")
	}
	if err := errors.Join(slices.Concat(decimals.In("", t), decimals.In("", c), decimals.In("inflation", index.Inflation))...); err != nil {
		return nil, err
	}
	if !enum.Valid(prices, pricesNames) {
		return nil, located.At("prices", "%s is not a kind of prices: %s", prices, oneOf(pricesNames))
	}
	if !slices.EqualFunc(t.Metrics, s.Metrics, func(m Metric, name string) bool { return m.Name == name }) {
		return nil, located.At("metrics", "they differ from those of the counts, which are, in order, %q", s.Metrics)
	}
	in := t.FixedIn()
	p := &Pricer{shape: s, index: index, in: in, shown: prices}
	var faults [10]error
	p.tariff, faults[0] = tariffs(t.Metrics, s, index, in)
	p.paid, faults[1] = paidShares(t.Metrics)
	faults[2] = checkChildren(t.Metrics, s)
	p.caps, faults[3] = newCaps(t, s, index, in)
	p.grants, faults[4] = newGrants(t, s, index, in)
	p.payers, faults[5] = newPayers(t.Payers, s, index, in)
	p.care, faults[6] = newCare(c, s, index)
	p.rates, faults[7] = newRated(t.Metrics, s, index, in)
	p.beyond, faults[8] = newBeyond(t.Metrics, s, index, in)
	p.fees, faults[9] = newFees(t.Fee, s, index, in)
	p.tiered = slices.ContainsFunc(p.rates, func(r rated) bool { return len(r.tiers) > 0 })
	if err := errors.Join(faults[:]...); err != nil {
		return nil, err
	}
	p.toShow = index.byQuarter(in, prices, s.Quarters)
	p.careToShow = index.byQuarter(p.care.in, prices, s.Quarters)
	for q := range s.Quarters {
		p.newYear = append(p.newYear, s.newYear(q))
	}
	p.names = slices.Concat(p.payers.names, s.Commissioners)
	p.cashable = slices.Clone(p.care.cashable)
	p.work = p.newWork()
	return p, nil
}

func (p *Pricer) newWork() work {
	s := p.shape
	n := max(len(s.Metrics)*len(s.Commissioners), len(s.Commissioners), len(p.payers.list))
	w := work{
		metricLines: make([][]int, len(s.Metrics)),
		byName:      inOrder(s.Commissioners),
		weights:     make([]int64, n), parts: make([]int64, n), remainders: make([]uint64, n),
		paying: make([]int64, len(p.payers.list)),
		due:    make([]int64, len(s.Commissioners)*len(s.Quarters)),
		total:  make([]int64, len(s.Quarters)), sums: make([]float64, len(s.Quarters)),
		states: make([]int, 0, len(s.States)),
		units:  make([]float64, len(s.Commissioners)), first: make([]int64, len(s.Commissioners)),
		upTo: make([]float64, len(s.Metrics)*len(s.Quarters)),
		room: room{
			units: make([]float64, len(s.Metrics)), amount: make([]int64, len(s.Metrics)),
			payer: make([]int64, len(p.payers.list)),
		},
	}
	if p.tiered {
		w.tariff = slices.Clone(p.tariff)
	}
	for _, m := range inOrder(s.Metrics) {
		for _, c := range w.byName {
			w.metricLines[m] = append(w.metricLines[m], m*len(s.Commissioners)+c)
		}
		w.lines = append(w.lines, w.metricLines[m]...)
	}
	return w
}

// inOrder returns the indices of names in alphabetical order.
func inOrder(names []string) []int {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(names[i], names[j]) })
	return order
}

// Clone returns a pricer for the same terms, and with the same cashable shares in
// force, with working space of its own.
func (p *Pricer) Clone() *Pricer {
	q := *p
	q.cashable = slices.Clone(p.cashable)
	if p.alone {
		q.care = p.care.clone()
	}
	q.work = p.newWork()
	return &q
}

// NewLedger returns an empty ledger of the right shape for Price.
func (p *Pricer) NewLedger() *Ledger {
	l := NewLedger(p.shape, p.names)
	l.Prices, l.Index, l.Fixed = p.shown, p.index, p.in
	l.Rates = p.noRates()
	if p.fees.amount != nil {
		l.Fees = make([]int64, len(p.shape.Commissioners)*len(p.shape.Quarters))
	}
	return l
}

// Price fills a ledger from counts. Whole counts are priced exactly. Expected
// counts give the central projection: each line is rounded to the penny once,
// before the caps, and everything after that is the same arithmetic.
//
// Counts and ledger must have the shape of the pricer.
func Price[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	p.work.room.reset(p.caps, p.payers)
	clear(into.Grants)
	if p.fees.amount != nil && into.Fees == nil {
		into.Fees = make([]int64, len(p.shape.Commissioners)*len(p.shape.Quarters))
	}
	rate(p, counts, into)
	p.setTiers(into.Rates)
	claim(p, counts, into)
	copy(into.Allowed, into.Claims)
	p.addUp(into)
	for q := range p.shape.Quarters {
		if p.newYear[q] {
			p.work.room.rise(p.caps)
		}
		cut(p, counts, into, q)
	}
	into.CapReached = p.work.room.contract == 0
	p.addFees(into)
	p.pay(into)
	priceCare(p, counts, into)
	priceIndependent(p, counts, into)
	p.show(into)
}

// prices are the prices of a unit in force, in pence by metric × commissioner × quarter.
func (p *Pricer) prices() []int64 {
	if p.tiered {
		return p.work.tariff
	}
	return p.tariff
}

// addUp adds allowed claims up over metrics, and then over commissioners.
func (p *Pricer) addUp(into *Ledger) {
	due, quarters := p.work.due, len(p.shape.Quarters)
	clear(due)
	for allowed := into.Allowed; len(allowed) > 0; allowed = allowed[len(due):] {
		add(due, allowed)
	}
	clear(p.work.total)
	for c := range p.shape.Commissioners {
		add(p.work.total, row(due, c, quarters))
	}
}

// add adds amounts to others, of which there must be no more than that.
func add(to, amounts []int64) {
	amounts = amounts[:len(to)]
	for i := range to {
		to[i] += amounts[i]
	}
}

// addUpQuarter is addUp for a quarter that has been cut.
func (p *Pricer) addUpQuarter(into *Ledger, q int) {
	quarters := len(p.shape.Quarters)
	p.work.total[q] = 0
	for at := q; at < len(p.work.due); at += quarters {
		due := int64(0)
		for line := at; line < len(into.Allowed); line += len(p.work.due) {
			due += into.Allowed[line]
		}
		p.work.due[at] = due
		p.work.total[q] += due
	}
}

// cut limits the claims of a quarter to what the caps leave, or puts a grant in
// their place. Without caps on metrics and without a grant, it changes nothing
// except in a quarter in which a cap binds.
func cut[N Number](p *Pricer, counts *Counts[N], into *Ledger, q int) {
	if p.caps.metrics {
		capMetrics(p, counts, into, q)
	}
	grant := p.grants.amount[q] != noGrant
	if grant {
		p.grant(into, q)
	}
	if p.caps.metrics || grant {
		p.addUpQuarter(into, q)
	}
	p.capYear(into, q)
	p.fee(into, q)
	p.capContract(into, q)
	if p.caps.metrics {
		p.spendMetricCaps(into, q)
	}
}
