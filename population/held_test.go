package population

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"
)

// Of invented councils whose first five returns are known, the children in care one and
// two years later lie in the 90% range about nine times in ten; in that from chance alone
// they do so less often. Where nobody comes back from home the expectation is without
// bias. Where as many come back after years as after weeks, of children of whom none were
// at home when the records began, entries rise, as no rate says, and the expectation falls
// short by one or two children in a hundred.
func TestRangesHoldWhatHappened(t *testing.T) {
	if os.Getenv("EDGEOFCARE_LONG") == "" {
		t.Skip("forecasts hundreds of councils")
	}
	never := slices.DeleteFunc(synthetic.DefaultHazards(), func(h synthetic.Hazard) bool { return h.From == "reunified" })
	rangesHold(t, never, 0, 2)
	rangesHold(t, synthetic.DefaultHazards(), -3.5, 3)
}

// rangesHold forecasts invented councils of about 250 children, with the mean error that is
// expected of the second year and how far it may be off.
func rangesHold(t *testing.T, hazards []synthetic.Hazard, bias, give float64) {
	t.Helper()
	const councils = 300
	states := ssda903.DefaultStates()
	var covered, byChance [2]int
	var off [2]float64
	for seed := range uint64(councils) {
		all, known := fstest.MapFS{}, fstest.MapFS{}
		_, err := synthetic.Write(synthetic.Settings{Children: 700, Years: 7, Seed: seed, Hazards: hazards}, func(name string, text []byte) error {
			all[name] = &fstest.MapFile{Data: text}
			if !strings.Contains(name, "2023-24") && !strings.Contains(name, "2024-25") {
				known[name] = all[name]
			}
			return nil
		})
		require.NoError(t, err)
		whole, err := ssda903.Read(all)
		require.NoError(t, err)
		care, err := ssda903.Read(known)
		require.NoError(t, err)
		var spells []estimate.Spell
		for _, s := range care.Stays(states) {
			spells = append(spells, estimate.Spell(s))
		}
		p, err := FromSpells(spells, Settings{From: care.Window.From, To: care.Window.To, Home: "reunified"})
		require.NoError(t, err)
		f, err := p.Forecast(context.Background(), Options{Years: 2, Replications: 400, Seed: seed})
		require.NoError(t, err)
		for y, x := range f.Stock[0].Years {
			stock := whole.Stock(f.Start.AddDays(365+y*366), states)
			n := float64(stock["foster"] + stock["residential"])
			if x.Range[1] <= n && n <= x.Range[7] {
				covered[y]++
			}
			if x.Chance[1] <= n && n <= x.Chance[7] {
				byChance[y]++
			}
			off[y] += (x.Expected - n) / councils
		}
	}
	for y := range covered {
		share := float64(covered[y]) / councils
		require.InDelta(t, 0.9, share, 0.05, "year %d", y+1)
		require.Less(t, byChance[y], covered[y])
		require.InDelta(t, bias*float64(y+1)/2, off[y], give, "bias in year %d", y+1)
	}
}
