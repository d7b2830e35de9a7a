package model

// MinimumReferrals is a contract's minimum of children referred in its first
// weeks. Zero means that there is none.
type MinimumReferrals struct {
	Children int `json:"children"`
	Weeks    int `json:"weeks"` // counted from the programme's start
	// Consequence is what the contract says follows from a shortfall, in
	// words. Only the probability of falling short is worked out.
	Consequence string `json:"consequence,omitempty"`
}

func (v *validation) minimumReferrals() {
	m := v.p.MinimumReferrals
	v.need(m.Children >= 0 && m.Weeks >= 0 && m.Weeks <= v.p.Weeks, "minimum referrals",
		"%d children in %d weeks: both must be 0 or more, and the weeks within the programme", m.Children, m.Weeks)
	v.need(m.Children == 0 || m.Weeks != 0, "minimum referrals", "%d children in 0 weeks: the weeks in which they must be referred are missing", m.Children)
}
