package indigo_test

import (
	"fmt"
	"testing/fstest"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
)

// The folder of an export is usually os.DirFS; this one is invented.
func Example() {
	folder := fstest.MapFS{
		"projects.csv": {Data: []byte("ID,Impact Bond Name - (Value)\nX-1,Northmoor Edge of Care Bond\n")},
		"projects_outcome_payments.csv": {Data: []byte(
			"Project ID,Outcome Payment Plan Id - (Value),Period - Start - (Value),Period - End - (Value),Type - (Value),Payments - Amount - (Value)\n" +
				"X-1,Plan1,2030-01,2030-03,Planned,470.5882\n" +
				"X-1,plan1,2029-04,2030-06,Planned,500\n" +
				"X-1,,2029-10,2030-03,Actual,300\n" +
				"X-1,,2030-04,2030-06,Actual,410\n")},
	}
	data, err := indigo.Read(folder)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, repair := range data.Repairs {
		fmt.Printf("row %d: %s read as %s\n", repair.Row, repair.Given, repair.Made)
	}
	bond, _ := data.Project("northmoor")
	fmt.Println(bond.Name)
	planned, _ := indigo.Quarterly(bond.Planned("plan1"))
	for _, q := range planned {
		fmt.Println("planned", q.Quarter, q.Amount)
	}
	actual, others := indigo.Quarterly(bond.Actual())
	for _, q := range actual {
		fmt.Println("paid", q.Quarter, q.Amount)
	}
	for _, p := range others {
		fmt.Println("paid", p.Period, p.Amount.Decimal)
	}
	// Output:
	// row 2: Plan1 read as plan1
	// row 3: 2029-04 read as 2030-04
	// Northmoor Edge of Care Bond
	// planned Q4 2029/30 470.5882
	// planned Q1 2030/31 500
	// paid Q1 2030/31 410
	// paid 2029-10 to 2030-03 300
}
