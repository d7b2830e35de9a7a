package scenario_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// An edit that sets a value to what it already is changes nothing, whichever
// values and however many: the register's paths and values are those of edits. One of
// an input that is uncertain makes it certain, and is left out.
func TestSettingToWhatItIsChangesNothing(t *testing.T) {
	t.Parallel()
	d := template(t)
	cases := map[string]*model.Programme{}
	for _, name := range d.Compare() {
		p := programmeOf(t, d, name)
		cases[name] = p
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(d.Compare()).Draw(t, "case")
		before := cases[name]
		var edits []scenario.Edit
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(before.Register)-1), 1, 5).Draw(t, "inputs") {
			input := before.Register[i]
			if slices.ContainsFunc(before.Uncertain, func(u model.Uncertain) bool { return u.Path == input.Path }) {
				continue
			}
			value := input.Value
			if isList(string(input.Path)) {
				value = "[" + value + "]"
			}
			edits = append(edits, scenario.Set(string(input.Path), value))
		}
		after := programmeOf(t, d, name, edits...)
		require.Equal(t, before.Fingerprint(), after.Fingerprint())
		require.Equal(t, before.Published, after.Published)
		require.Len(t, after.Register, len(before.Register))
	})
}

func isList(path string) bool {
	for _, end := range []string{".cohorts", ".states", ".success", ".claims", ".years"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

// Multiplying by a number and by its inverse changes nothing.
func TestTimesThereAndBack(t *testing.T) {
	t.Parallel()
	d := template(t)
	before := fingerprint(t, d)
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.SampledFrom([]string{
			"cohorts.*.referrals.children", "cohorts.*.lag", "metrics.M1 step-down.tariff",
			"unit costs.residential.by year.2028/29", "contract cap", "ages at referral.from", "cohorts.step-down.failure.hazard",
		}).Draw(t, "path")
		half, twice := decimal.RequireFromString("0.5"), decimal.NewFromInt(2)
		p := programmeOf(t, d, "", scenario.Times(path, twice), scenario.Times(path, half))
		require.Equal(t, before, p.Fingerprint())
	})
}
