package indigo_test

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

type brokenFolder struct{}

func (brokenFolder) Open(string) (fs.File, error) { return nil, errors.New("the disk is gone") }

// A folder that is not there is an error, and records of nothing give nothing.
func TestWrongCallsAreErrors(t *testing.T) {
	for name, folder := range map[string]fs.FS{"none": nil, "broken": brokenFolder{}} {
		require.NotPanics(t, func() {
			_, err := indigo.Read(folder)
			require.Error(t, err, name)
		}, name)
	}
	for _, d := range []*indigo.Dataset{nil, {}} {
		_, ok := d.Project("")
		require.False(t, ok)
	}
	amount := func(power int32) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.New(1, power)) }
	huge := []indigo.Payment{{}, {Amount: amount(1 << 30)}, {Amount: amount(-1 << 30)}, {Amount: amount(0)}}
	for i := range huge {
		huge[i].Period = indigo.Period{From: calendar.NewDate(2026, 4, 1), To: calendar.NewDate(2026, 6, 30)}
	}
	require.NotPanics(t, func() {
		_, _ = indigo.Quarterly(nil)
		_, _ = indigo.Quarterly(huge)
		_, _ = indigo.Total(nil)
		_ = indigo.Project{}.Actual()
		_ = indigo.Project{}.Planned("")
		_ = indigo.Project{}.Draft("")
		_ = indigo.Period{}.String() + indigo.Note{}.String() + indigo.Repair{}.String()
	})
	_, err := indigo.Total(huge[1:])
	require.Error(t, err)
}
