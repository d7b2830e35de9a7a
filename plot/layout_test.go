package plot

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Labels that are spread keep their order and distance, stay inside while there
// is room, and stay where they are if nothing is in their way.
func TestSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wanted := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) vg.Length {
			return vg.Length(rapid.Float64Range(0, 300).Draw(t, "y"))
		}), 1, 20).Draw(t, "wanted")
		slices.Sort(wanted)
		places := spread(wanted, 11, 5, 305)
		assert.Len(t, places, len(wanted))
		free := true
		for i := range places {
			assert.GreaterOrEqual(t, places[i], vg.Length(5-1e-6))
			assert.LessOrEqual(t, places[i], vg.Length(305+1e-6))
			if i > 0 {
				assert.GreaterOrEqual(t, places[i]-places[i-1], vg.Length(11-1e-6))
				free = free && wanted[i]-wanted[i-1] >= 11
			}
		}
		if free && wanted[0] >= 5 && wanted[len(wanted)-1] <= 305 {
			for i := range places {
				assert.InDelta(t, float64(wanted[i]), float64(places[i]), 1e-6)
			}
		}
	})
	assert.Empty(t, spread(nil, 11, 0, 10))
}

func TestAxesOfMoney(t *testing.T) {
	written := func(low, high float64) []string {
		var all []string
		for _, tick := range moneyTicks().Ticks(low, high) {
			all = append(all, tick.Label)
		}
		return all
	}
	assert.Equal(t, []string{"£0", "£2m", "£4m", "£6m", "£8m"}, written(0, 9.4e6))
	assert.Equal(t, []string{"£0", "£0.5m", "£1.0m", "£1.5m", "£2.0m"}, written(0, 2.2e6))
	assert.Equal(t, []string{"£0", "£200k", "£400k", "£600k"}, written(0, 700e3))
	assert.Equal(t, []string{"-£5m", "£0", "£5m", "£10m"}, written(-5.5e6, 14e6))
	assert.Equal(t, []string{"£0", "£2,000", "£4,000"}, written(0, 5_999))
	assert.Empty(t, written(3, 3))
}

func TestAxesOfQuarters(t *testing.T) {
	ticks := quarterTicks{first: calendar.NewQuarter(2020, 4)}
	labelled := func(t quarterTicks, last float64) []string {
		var all []string
		for _, tick := range t.Ticks(0, last) {
			if tick.Label != "" {
				all = append(all, tick.Label)
			}
		}
		return all
	}
	assert.Equal(t, []string{"Q1 2021/22", "Q1 2022/23"}, labelled(ticks, 8))
	narrow := ticks.fit(room{length: 100, max: 23, style: lettering(axisSize, muted)}).(quarterTicks)
	assert.Equal(t, 12, narrow.every)
	wide := ticks.fit(room{length: 400, max: 3, style: lettering(axisSize, muted)}).(quarterTicks)
	assert.Equal(t, []string{"Q3 2020/21", "Q4 2020/21", "Q1 2021/22", "Q2 2021/22"}, labelled(wide, 3))
}

func TestNumbers(t *testing.T) {
	assert.Equal(t, "£13.28m", money(13_276_417))
	assert.Equal(t, "£1.00m", money(999_500))
	assert.Equal(t, "-£292k", money(-292_198))
	assert.Equal(t, "£9,949", money(9_949.4))
	assert.Equal(t, "£0", money(-0.2))
	assert.Equal(t, "£9,123,323", words.Pounds(9_123_323))
	assert.Equal(t, "39.5%", words.Percent(0.395))
	assert.Equal(t, "100%", words.Percent(1))
	assert.Equal(t, ">99.9%", words.Percent(0.9999))
	assert.Equal(t, "<0.1%", words.Percent(0.0001))
	assert.Equal(t, "a, b and c", words.And([]string{"a", "b", "c"}))
	assert.Equal(t, "1 replication", words.Plural(1, "replication"))
}

func TestWrap(t *testing.T) {
	style := lettering(10, ink)
	for _, text := range wrap(style, "Foster placement is stabilised where residential care would be likely", 90) {
		assert.LessOrEqual(t, style.Width(text), vg.Length(90))
	}
	assert.Empty(t, wrap(style, "  ", 90))
	assert.LessOrEqual(t, style.Width(shortened(style, "Life Chances Fund ends September 2024", 80)), vg.Length(80))
}
