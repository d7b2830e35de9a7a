package plot

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// A chart that shows nothing published says once which case was fitted, what of it, and,
// where it shows ranges or chances, that these do not use it.
func TestFittedLine(t *testing.T) {
	base := version(t, "norfolk", "base")
	children, price := fittedTo(base.Programme)
	require.True(t, children && price, "as the register of Norfolk says")
	require.Equal(t, "\nFitted to payments: the base case (children and price); ranges and chances do not use that", fittedLine(bearsOn{ranges: true, money: true}, base))
	require.Equal(t, "\nFitted to payments: the base case (children and price)", fittedLine(bearsOn{money: true}, base))
	require.Equal(t, "\nFitted to payments: the base case (children)", fittedLine(bearsOn{}, base))

	none := version(t, "essex-mst", "")
	require.Empty(t, fittedLine(bearsOn{ranges: true, money: true}, none))
	other := version(t, "norfolk", "base")
	for i := range other.Programme.Register { // the price alone
		if _, ok := tariffs.match(other.Programme.Register[i]); !ok {
			other.Programme.Register[i].FittedTo = calendar.Date{}
		}
	}
	require.Equal(t, "\nFitted to payments: base (children and price); base (price)", fittedLine(bearsOn{money: true}, base, none, other))
	require.Equal(t, "\nFitted to payments: base and base (children and price)", fittedLine(bearsOn{money: true}, base, none, base))
	require.Equal(t, "\nFitted to payments: 9 cases (children and price); 2 cases (price)", fittedLine(bearsOn{money: true}, base, base, base, base, base, base, base, base, base, other, other))
	require.Empty(t, fittedLine(bearsOn{}, other), "a price moves no child")

	f, err := Occupancy("", central(t, base))
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(f.Alt(), "Fitted to payments: the base case (children)"), f.Alt())
}
