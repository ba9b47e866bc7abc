import { type FormEvent, type ReactElement, useState } from 'react';
import { Icon } from '../ui/icon.tsx';

/** The user's decision about a run. */
export interface ApprovalAnswer {
  readonly id: string;
  readonly approved: boolean;
  readonly reason?: string;
}

interface ApprovalFormProps {
  readonly id: string;
  onAnswer(answer: ApprovalAnswer): void;
}

/** Asks the user to approve or deny the code above. */
export function ApprovalForm({ id, onAnswer }: ApprovalFormProps): ReactElement {
  const [reason, setReason] = useState('');
  const deny = (event: FormEvent) => {
    event.preventDefault();
    const said = reason.trim();
    onAnswer({ id, approved: false, ...(said !== '' && { reason: said }) });
  };
  return (
    <form className="approval" onSubmit={deny} aria-label="Approval">
      <p className="approval-question">
        <Icon name="shield" /> Run this code?
      </p>
      <input
        type="text"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        placeholder="Reason (optional)"
        aria-label="Reason for denying"
        maxLength={500}
      />
      <button type="submit" className="button">
        Deny
      </button>
      <button type="button" className="button button-main" onClick={() => onAnswer({ id, approved: true })}>
        Approve
      </button>
    </form>
  );
}
