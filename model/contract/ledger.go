package contract

// Ledger is counts turned into pence: what was claimed, what the caps let
// through, who paid it, and what care cost in either arm. All amounts are
// whole pence; series over quarters are contiguous.
type Ledger struct {
	Shape *Shape `json:"shape"`
	// Payers are the named payers in the contract's order, then every
	// commissioner as payer of its own part.
	Payers []string `json:"payers"`

	// Claims is units × tariff, less the agreed deadweight, before any cap, by
	// metric × commissioner × quarter. In a quarter with a grant it is what
	// would have been claimed.
	Claims []int64 `json:"claims"`
	// Grants is the grant that took the place of all claims of a quarter,
	// before the year and contract caps, by quarter; 0 where there is none.
	Grants []int64 `json:"grants"`
	// Allowed is what is left of each claim after the metric caps, or the
	// line's part of a grant in its place, after the year cap and the contract
	// cap, by metric × commissioner × quarter.
	Allowed []int64 `json:"allowed"`
	// Payments is what each payer pays, by payer × claiming commissioner × quarter.
	Payments []int64 `json:"payments"`
	// Costs is the cost of placements by window × arm × cohort × commissioner × quarter.
	Costs []int64 `json:"costs"`
	// Cashable is the cashable part of avoided cost in the tracking window, by
	// cohort × commissioner × quarter. It can be negative.
	Cashable []int64 `json:"cashable"`
}

// NewLedger returns a ledger of zeros.
func NewLedger(s *Shape, payers []string) *Ledger {
	quarters, commissioners := len(s.Quarters), len(s.Commissioners)
	lines := len(s.Cohorts) * commissioners * quarters
	return &Ledger{
		Shape: s, Payers: payers,
		Claims:   make([]int64, len(s.Metrics)*commissioners*quarters),
		Grants:   make([]int64, quarters),
		Allowed:  make([]int64, len(s.Metrics)*commissioners*quarters),
		Payments: make([]int64, len(payers)*commissioners*quarters),
		Costs:    make([]int64, int(numWindows)*int(numArms)*lines),
		Cashable: make([]int64, lines),
	}
}

// ClaimsOf returns claims before any grant or cap by quarter, in pence.
func (l *Ledger) ClaimsOf(metric, commissioner int) []int64 {
	return row(l.Claims, metric*len(l.Shape.Commissioners)+commissioner, len(l.Shape.Quarters))
}

// AllowedOf returns what the caps, and grants in place of claims, come to by
// quarter, in pence.
func (l *Ledger) AllowedOf(metric, commissioner int) []int64 {
	return row(l.Allowed, metric*len(l.Shape.Commissioners)+commissioner, len(l.Shape.Quarters))
}

// PaymentsOf returns what a payer pays of a commissioner's claims by quarter, in pence.
func (l *Ledger) PaymentsOf(payer, commissioner int) []int64 {
	return row(l.Payments, payer*len(l.Shape.Commissioners)+commissioner, len(l.Shape.Quarters))
}

// CostsOf returns the cost of placements by quarter, in pence.
func (l *Ledger) CostsOf(w Window, a Arm, cohort, commissioner int) []int64 {
	lines := len(l.Shape.Cohorts) * len(l.Shape.Commissioners)
	return row(l.Costs, (int(w)*int(numArms)+int(a))*lines+l.Shape.line(cohort, commissioner), len(l.Shape.Quarters))
}

// CashableOf returns the cashable part of avoided cost by quarter, in pence.
func (l *Ledger) CashableOf(cohort, commissioner int) []int64 {
	return row(l.Cashable, l.Shape.line(cohort, commissioner), len(l.Shape.Quarters))
}
