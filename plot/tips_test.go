package plot

import (
	"bytes"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// A figure for a page says its figures at its places, in order and without gaps, and which
// shapes are of which series; a file of its own has neither.
func TestTipsAndSeriesOfAPage(t *testing.T) {
	f, err := Payments(dn2Cases(t)[0])
	require.NoError(t, err)
	var page, alone bytes.Buffer
	require.NoError(t, f.WriteLive(&page))
	require.NoError(t, f.Write(&alone, SVG))
	require.NotContains(t, alone.String(), "data-")
	tips := regexp.MustCompile(`<rect x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)" height="[0-9.]+" [^>]*data-tip="([^"]*)"`).FindAllStringSubmatch(page.String(), -1)
	require.Len(t, tips, len(f.tips))
	for i, found := range tips {
		require.Equal(t, f.tips[i].text, found[3])
		x, errX := strconv.ParseFloat(found[1], 64)
		require.NoError(t, errX)
		if i > 0 {
			before, errB := strconv.ParseFloat(tips[i-1][1], 64)
			wide, errW := strconv.ParseFloat(tips[i-1][2], 64)
			require.NoError(t, errB)
			require.NoError(t, errW)
			require.InDelta(t, before+wide, x, 0.03, "each begins where the one before ends")
		}
	}
	for _, series := range []string{"Plan 1", "Plan 2", "Actual"} {
		require.Contains(t, page.String(), `<g data-series="`+series+`">`)
	}
	// As published: £375,003 was paid for the quarter to June 2023.
	require.Regexp(t, `data-tip="Q1 2023/24: [^"]*Actual £375,003"`, page.String())
}

// Every chart of a page says its figures at each of its places, inside its panels.
func TestEveryChartOfAPageHasTips(t *testing.T) {
	base, cases := version(t, "dn2", "base"), dn2Cases(t)
	tornado := func() (*Figure, error) {
		inputs := sensitivity.Inputs(base.Document())
		of, err := sensitivity.Tornado(base, contract.Constant, inputs[:5], montecarlo.NetPublic)
		require.NoError(t, err)
		return Tornado(of)
	}
	for name, chart := range map[string]struct {
		draw func() (*Figure, error)
		tips int
		says string
	}{
		"net saving":          {func() (*Figure, error) { return NetSaving(cases...) }, len(cases), "a saving in "},
		"saves more than":     {func() (*Figure, error) { return SavesMoreThan(cases[1]) }, 0, "More than £0: All together "},
		"capital position":    {func() (*Figure, error) { return CapitalPosition(cases...) }, 0, "lowest at the end: median "},
		"capital requirement": {func() (*Figure, error) { return CapitalRequirement(cases...) }, len(cases), "90% of replications from "},
		"returns":             {func() (*Figure, error) { return Returns("", cases...) }, len(cases), "miss the hurdle of "},
		"achievements":        {func() (*Figure, error) { return Achievements(cases...) }, 4 * (len(cases) + 1), "M2 foster stability, published: 4,553 weeks to 30 June 2024; target 8,840"},
		"survival":            {func() (*Figure, error) { return Survival("", central(t, base)) }, 4 * 26, "week 52 since the start: "},
		"tornado":             {tornado, 0, " at "},
		"council waterfall":   {func() (*Figure, error) { return CouncilWaterfall("Derby", cases...) }, 6 * len(cases), "left in cash alone: "},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := chart.draw()
			require.NoError(t, err)
			require.NotEmpty(t, f.tips)
			if chart.tips > 0 {
				require.Len(t, f.tips, chart.tips)
			}
			var page bytes.Buffer
			require.NoError(t, f.WriteLive(&page))
			require.Equal(t, len(f.tips), bytes.Count(page.Bytes(), []byte("data-tip=")))
			require.Contains(t, page.String(), chart.says)
			for _, one := range f.tips {
				axis := f.Panels[one.panel].Plot.X
				if one.down {
					axis = f.Panels[one.panel].Plot.Y
				}
				require.GreaterOrEqual(t, one.at, axis.Min, one.text)
				require.LessOrEqual(t, one.at, axis.Max, one.text)
			}
		})
	}
}
