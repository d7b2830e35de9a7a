package sensitivity

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// A curve at the values has deadweight at multiples of the step, all of those between the
// ends of the driver's range.
func TestDeadweightValues(t *testing.T) {
	document, err := scenario.Open("dn2")
	require.NoError(t, err)
	drivers := Drivers(document)
	driver := drivers[slices.IndexFunc(drivers, func(d Driver) bool { return d.Name == WithoutProgramme })]
	v, err := document.Version("medium")
	require.NoError(t, err)
	const step = 0.1
	values, err := DeadweightValues(v, driver, step)
	require.NoError(t, err)
	o := Options{Run: montecarlo.Options{Replications: 1}}
	c, err := Curve(context.Background(), v, driver, append(slices.Clone(values), driver.From, driver.To), o)
	require.NoError(t, err)
	n := len(values)
	low, high := c.Points[n].Deadweight, c.Points[n+1].Deadweight
	require.NotEqual(t, low > high, low < high)
	low, high = min(low, high), max(low, high)
	first := 0 // the lowest multiple in the range, counted by hand
	for float64(first)*step < low {
		first++
	}
	for i, point := range c.Points[:n] {
		require.InDelta(t, float64(first+i)*step, point.Deadweight, 0.003)
	}
	require.Greater(t, float64(first+n)*step, high-0.003, "the next one is outside")
	require.GreaterOrEqual(t, n, 3)

	_, err = DeadweightValues(v, driver, 0)
	require.ErrorContains(t, err, "a step must be above zero")
	_, err = DeadweightValues(nil, driver, step)
	require.Error(t, err)
	delivery := drivers[slices.IndexFunc(drivers, func(d Driver) bool { return d.Name == DeliveryCost })]
	none, err := DeadweightValues(v, delivery, step)
	require.NoError(t, err)
	require.LessOrEqual(t, len(none), 1, "the cost of delivery does not change deadweight")
}
