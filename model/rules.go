package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/decimals"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// ErrOtherRules says that counts cannot be priced under a programme, because rules
// that decide what one child's life earns are not those they were counted under.
// Errors that wrap it name the sections of the programme that differ.
var ErrOtherRules = errors.New("the counts were made under other rules")

// SameRules returns an error that wraps [ErrOtherRules] unless counts made under
// other rules can be priced under this programme.
func (p *Programme) SameRules(other contract.Rules) error {
	var changed []string
	for section, print := range p.Rules() {
		if other[section] != print {
			changed = append(changed, section)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	slices.Sort(changed)
	return fmt.Errorf("%w (%s): only prices can change without running again", ErrOtherRules, strings.Join(changed, ", "))
}

// Rules returns a fingerprint of every section of the programme that decides
// where children live and what their lives earn in units.
func (p *Programme) Rules() contract.Rules {
	metrics := make([]contract.Metric, len(p.Contract.Metrics))
	for i, m := range p.Contract.Metrics {
		metrics[i] = contract.Metric{
			Name: m.Name, Cohorts: m.Cohorts, Commissioners: m.Commissioners, Ages: m.Ages, States: m.States, Trigger: m.Trigger,
		}
	}
	cohorts := slices.Clone(p.Cohorts)
	for i := range cohorts {
		cohorts[i].CashableShare = decimal.Decimal{}
		cohorts[i].Title = ""
	}
	sections := map[string]any{
		"calendar":          []any{p.Start, p.Weeks},
		"commissioners":     p.Commissioners,
		"states":            p.States,
		"background":        p.Background,
		"ages":              p.Ages,
		"cohorts":           cohorts,
		"metrics":           metrics,
		"minimum referrals": p.MinimumReferrals.Weeks,
		"capacity":          p.Capacity,
	}
	rules := contract.Rules{}
	for section, content := range sections {
		rules[section] = fingerprint(content)
	}
	return rules
}

// Fingerprint identifies everything that figures depend on: two valid
// programmes with the same fingerprint give the same figures. It is empty for a
// programme with a number of so many digits that it cannot be written.
func (p *Programme) Fingerprint() string {
	if len(decimals.In("", p)) > 0 {
		return ""
	}
	rules := p.Rules()
	parts := []any{p.Contract, p.UnitCosts, p.DiscountRate, p.PriceYear, p.Inflation, p.SavingsTargets, p.Affordability, p.Published.figures(), p.Delivery, p.Facility}
	for _, c := range p.Cohorts {
		parts = append(parts, c.CashableShare)
	}
	for _, section := range slices.Sorted(maps.Keys(rules)) {
		parts = append(parts, rules[section])
	}
	if p.Currency != "" {
		parts = append(parts, p.Currency)
	}
	if len(p.Uncertain) > 0 {
		uncertain := slices.Clone(p.Uncertain)
		for i := range uncertain {
			uncertain[i].Said = "" // the law has all of it
		}
		parts = append(parts, uncertain, p.Correlations)
		if len(p.MadeCertain) > 0 {
			parts = append(parts, p.MadeCertain)
		}
		if p.Conditioned != nil {
			parts = append(parts, p.Conditioned)
		}
	}
	return fingerprint(parts)
}

func fingerprint(content any) string {
	text, err := json.Marshal(content)
	if err != nil { // not a number somewhere: the programme is invalid
		text = fmt.Appendf(nil, "%#v", content)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
