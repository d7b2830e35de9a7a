package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

func TestEstimatesInWords(t *testing.T) {
	of := func(share float64, standardError *float64) montecarlo.ProbabilityOf {
		return montecarlo.ProbabilityOf{Probability: share, StdErr: standardError, Replications: 2000}
	}
	for want, got := range map[string]Cell{
		"£883k ± £1.1k":        estimatedAmount(882_674, new(1_124.0), inThousands),
		"£1,169k ± £12k":       estimatedAmount(1_168_718, new(12_400.0), inThousands),
		"£19,364 ± £325":       estimatedAmount(19_364, new(325.0), inPounds),
		"£885k":                estimatedAmount(884_831, nil, inThousands),
		"£884k":                estimatedAmount(884_431, new(12.0), inThousands),
		"£6,534,968 ± £12,192": estimate(6_534_968, new(12_192.0), montecarlo.Pounds),
		"£6,534,968":           estimate(6_534_968, new(0.4), montecarlo.Pounds),
		"46.8% ± 1.1%":         chanceErr(of(0.468, new(0.0111))),
		"0.2% ± <0.1%":         chanceErr(of(0.002, new(0.0001))),
		">99.8%":               chanceErr(of(1, nil)),
		"<0.2%":                noChance(of(1, nil)),
		"100%":                 chanceErr(montecarlo.ProbabilityOf{Probability: 1, Replications: 2000, Certain: true}),
		"<0.1%":                chanceErr(of(0.0001, new(0.0001))),
		"£12":                  estimate(12, nil, montecarlo.Pounds),
		"1,484 ± 2.3":          estimate(1484, new(2.28), montecarlo.Days),
		"1,485":                estimate(1484.6, new(0.02), montecarlo.Days),
		"£6.10m to £6.97m":     between(6_100_005, 6_965_515, montecarlo.Pounds),
		"-£0.18m to £6.17m":    between(-180_000, 6_170_000, montecarlo.Pounds),
		"-£180k to £617k":      between(-180_000, 617_000, montecarlo.Pounds),
		"£999 to £99,999":      between(999, 99_999, montecarlo.Pounds),
		"1.67 to 2.36":         between(1.67, 2.36, montecarlo.Ratio),
		"7.8%":                 rate(0.0783),
		"-100%":                rate(-1),
	} {
		require.Equal(t, want, got.Text)
	}
	require.False(t, large(99_999.4))
	require.True(t, large(-99_999.6))
	at := func(u montecarlo.Unit, values ...*float64) montecarlo.Ranked {
		r := montecarlo.Ranked{Key: montecarlo.Key{Unit: u}}
		for i, v := range values {
			r.Quantiles = append(r.Quantiles, montecarlo.RankedQuantile{P: float64(i), Value: v})
		}
		return r
	}
	require.Equal(t, "-35.1 / 21.5%", ranked(at(montecarlo.Rate, new(-0.351), new(0.215)), 0, 1).Text)
	require.Equal(t, "-100 / -100%", ranked(at(montecarlo.Rate, new(-1.0), new(-1.0)), 0, 1).Text)
	require.Equal(t, "2.44 / none", ranked(at(montecarlo.Ratio, new(2.44), nil), 0, 1).Text)
	require.Equal(t, "no capital needed", ranked(at(montecarlo.Rate, nil, nil), 0, 1).Text)
	require.Equal(t, "2.44", ranked(at(montecarlo.Ratio, nil, new(2.44)), 1).Text)
	require.Equal(t, "-", ranked(at(montecarlo.Rate, nil), 0, 1).Text)
}

// The text of a figure says what its value is, in every unit.
func TestFiguresInTheirUnits(t *testing.T) {
	for unit, want := range map[montecarlo.Unit]string{
		montecarlo.Pounds: "£0", montecarlo.Children: "0.1", montecarlo.Weeks: "0", montecarlo.Units: "0", montecarlo.Ratio: "0.08",
		montecarlo.Probability: "7.8%", montecarlo.Days: "0", montecarlo.Rate: "7.8%",
	} {
		c := figure(0.078, unit)
		require.Equal(t, want, c.Text, unit)
		require.Equal(t, 0.078, *c.Value)
		require.NotEmpty(t, c.Unit)
	}
}
