package indigo_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
)

// Whatever a file holds, reading it ends, does not panic, and gives either a
// dataset that has or mentions every row, or faults that name the file.
func FuzzRead(f *testing.F) {
	names := []string{projectsFile, metricsFile, plansFile, paymentsFile, commitmentsFile, resultsFile, investmentsFile, pricingsFile}
	for i, name := range names {
		f.Add(uint8(i), []byte(headers[name]+"\r\nX-1,a,b,2030-01,2030-03,c,Planned,GBP,1.5\r\n,\r\n\"X-1\",\"a\nb\"\r\n"))
	}
	for _, row := range []string{
		pay("plan1", "2030-07", "2031-09", "Planned", "1e7") + "\n" + pay("plan1", "2031-04", "2031-06", "planned", "-0.0001"),
		pay("Plan1", "Jul-30", "current", "", "£5"), pay("", "0001", "9999-12-31", "Actual", "1e-40"), "\"", ",,,,,,,,,,x",
	} {
		f.Add(uint8(3), []byte(headers[paymentsFile]+"\n"+row+"\n"))
	}
	f.Add(uint8(0), wide(binary.BigEndian, headers[projectsFile]+"\nX-1,Name\n"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		name := names[int(which)%len(names)]
		folder := export(map[string][]string{
			projectsFile: {"X-1,Invented,Complete,,,90,15,70,"}, plansFile: {"X-1,plan1,2030-01,2030-12"},
			paymentsFile: {pay("plan1", "2030-01", "2030-03", "Planned", "5")},
		})
		folder[name] = &fstest.MapFile{Data: data}
		d, err := indigo.Read(folder)
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				problem, ok := strings.CutPrefix(line, name+":")
				require.True(t, ok, line)
				require.NotEmpty(t, strings.TrimSpace(problem))
			}
			return
		}
		checkRows(t, d)
		checkDrafts(t, d)
		for _, r := range d.Repairs {
			require.NotEmpty(t, r.Problem)
			require.Positive(t, r.Row)
		}
		again, err := indigo.Read(folder)
		require.NoError(t, err)
		require.Equal(t, d, again)
	})
}
