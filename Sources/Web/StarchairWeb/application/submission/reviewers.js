import { change, get } from "../api.js";
import { form } from "../form.js";
import { part } from "../part.js";
import { namesOf } from "../people.js";
import { selectField } from "../selection.js";
import { reviewsPart } from "./reviews.js";

/** For a chair: who reviews a submission, one more reviewer by hand, and the reviews. */
export async function reviewersPart({ id }, conference, members, process) {
    let [present, isFirst] = [process, true];
    const canAssign = ["assigning", "reviewing"].includes(conference.status);
    const { node } = await part(async (self) => {
        if (!isFirst) present = await get(`reviewProcess/getReviewProcessByDraftId/${id}`);
        isFirst = false;
        const assigned = present.pcMembers ?? [];
        const writers = present.reviews.map(({ pcMemberId }) => pcMemberId).filter(Boolean);
        const names = await namesOf([...assigned, ...writers]);
        const others = members.filter(({ account }) => !assigned.includes(account));
        return [
            ...reviewsPart(present.reviews, names, { emptyKey: "noReviewers" }),
            canAssign && others.length > 0 && handAssignment(self, id, others),
        ];
    });
    return node;
}

function handAssignment(self, id, others) {
    const { node } = form({
        submitKey: "assignOne",
        fields: [selectField("account", others.map(({ account, fullname }) =>
            [account, { name: fullname }]), { label: "field.reviewer" })],
        async send({ account }, { intention }) {
            await change("reviewProcess/assign", { draftId: id, account }, intention);
            await self.refresh();
            self.say("reviewerIsAssigned", {
                name: others.find((other) => other.account === account).fullname,
            });
        },
    });
    return node;
}
